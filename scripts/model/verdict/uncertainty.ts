import type { Model } from '../model.ts';
import { type ModelParameters, PARAMETERS, type Parameter, type ParameterName } from '../parameters.ts';
import { CPU_PARAMETERS } from '../timing/function-time.ts';

/** The parameters with one uncertain input at the lower and at the upper end of its band. */
export type MovedInput = { readonly low: ModelParameters; readonly high: ModelParameters };

/** Bounds of a difference within the error, USD/month. */
export type Band = { readonly lowUsd: number; readonly highUsd: number };

/** Inputs that were fitted together; they share the error of their fit. */
type FittedInput = {
  readonly names: readonly ParameterName[];
  readonly errorIn: (model: Model) => number | null;
};

const FITTED: readonly FittedInput[] = [
  {
    names: Object.values(CPU_PARAMETERS.microBatch),
    errorIn: ({ cpuError }) => cpuError.microBatch,
  },
  {
    names: Object.values(CPU_PARAMETERS.scheduledBatch),
    errorIn: ({ cpuError }) => cpuError.scheduledBatch,
  },
  {
    names: ['databaseMs', 'databaseMsPerFreshRow', 'databaseMsPerUpdatedRow'],
    errorIn: ({ databaseError }) => databaseError,
  },
  { names: ['initMs'], errorIn: ({ initError }) => initError },
];

/** Moves every uncertain input: parameters that were not fitted by their band, fitted ones by the error of their fit. */
export function moveInputs(model: Model): MovedInput[] {
  const byBand = Object.entries(PARAMETERS).flatMap(([name, { low, high }]) =>
    !hasBand(model, name as ParameterName)
      ? []
      : [
          {
            low: scale(model.parameters, [name as ParameterName], low ?? 1),
            high: scale(model.parameters, [name as ParameterName], high ?? 1),
          },
        ],
  );
  const byFit = FITTED.flatMap(({ names, errorIn }) => {
    const error = errorIn(model);
    // A database parameter that the run could not fit keeps its band.
    const fitted = names.filter((name) => !hasBand(model, name));
    if (error === null || error === 0 || fitted.length === 0) return [];
    return [
      {
        low: scale(model.parameters, fitted, Math.max(0, 1 - error)),
        high: scale(model.parameters, fitted, 1 + error),
      },
    ];
  });
  return [...byBand, ...byFit];
}

function hasBand(model: Model, name: ParameterName): boolean {
  const { low, high }: Parameter = PARAMETERS[name];
  return (low !== undefined || high !== undefined) && model.origins[name] !== 'fitted';
}

/** Computes the difference of the objectives with these parameters. */
export type Differ = (parameters: ModelParameters) => number;

/**
 * The band of a difference. Each input alone moves the difference up and down; the moves are added in quadrature, as the inputs are
 * independent. Both sides of the difference see the same moved input.
 */
export function estimateBand(differenceUsd: number, moved: readonly MovedInput[], differ: Differ): Band {
  let down = 0;
  let up = 0;
  for (const { low, high } of moved) {
    const changes = [differ(low) - differenceUsd, differ(high) - differenceUsd];
    down += Math.min(0, ...changes) ** 2;
    up += Math.max(0, ...changes) ** 2;
  }
  return { lowUsd: differenceUsd - Math.sqrt(down), highUsd: differenceUsd + Math.sqrt(up) };
}

/** True if the lower end of the band is at most 0. It stops at the first input that decides this, as every input costs further plans. */
export function reachesZero(differenceUsd: number, moved: readonly MovedInput[], differ: Differ): boolean {
  let down = 0;
  return (
    differenceUsd <= 0 ||
    moved.some(({ low, high }) => {
      down += Math.min(0, differ(low) - differenceUsd, differ(high) - differenceUsd) ** 2;
      return down >= differenceUsd ** 2;
    })
  );
}

function scale(parameters: ModelParameters, names: readonly ParameterName[], factor: number): ModelParameters {
  const changed = names.map((name) => [name, parameters[name] * factor]);
  return { ...parameters, ...Object.fromEntries(changed) };
}
