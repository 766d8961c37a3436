import type { Model } from '../model.ts';
import { type ModelParameters, PARAMETERS, type Parameter, type ParameterName } from '../parameters.ts';
import { CPU_PARAMETERS } from '../timing/function-time.ts';

/** The parameters with one uncertain input at the lower and at the upper end of where it may lie. */
export type MovedInput = { readonly low: ModelParameters; readonly high: ModelParameters };

/** Between which the difference of two figures lies. */
export type Band = { readonly lowUsd: number; readonly highUsd: number };

/** Inputs that were fitted together, and are off together, by the error of their fit. */
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

/** Every input that is not known: the parameters with a band that were not fitted, and those that were, by the error of their fit. */
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
    // Of the database's, one that the run could tell nothing of keeps its band.
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

/** The difference of two figures with these parameters. */
export type Differ = (parameters: ModelParameters) => number;

/**
 * The band of a difference: how far each input alone moves it up and down, added in quadrature, as inputs that know nothing of
 * each other are. Both sides of the difference see the same moved input.
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

/** Whether the band's lower end is 0 or below, asked of no more inputs than it takes to know. */
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
