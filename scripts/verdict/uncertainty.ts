import type { Model } from '../model/model.ts';
import { PARAMETERS, type ParameterName } from '../model/parameters.ts';

/** One uncertain input at the lower and at the upper end of where it may lie, everything else as it was. */
export type MovedInput = { readonly what: string; readonly low: Model; readonly high: Model };

/** Between which the difference of two figures lies. */
export type Band = { readonly lowUsd: number; readonly highUsd: number };

const FITTED: Readonly<Record<keyof Model['cpuError'], readonly ParameterName[]>> = {
  microBatch: [
    'microBatchCpuMs',
    'microBatchCpuMsPerEvent',
    'microBatchCpuMsPerRecord',
    'microBatchCpuMsPerFreshRow',
    'microBatchCpuMsPerUpdatedRow',
  ],
  scheduledBatch: [
    'scheduledBatchCpuMs',
    'scheduledBatchCpuMsPerEvent',
    'scheduledBatchCpuMsPerRecord',
    'scheduledBatchCpuMsPerFreshRow',
    'scheduledBatchCpuMsPerUpdatedRow',
  ],
};

/** Every input that is not known: the parameters with a band that were not fitted, and the CPU that was, by the error of its fit. */
export function moveInputs(model: Model): MovedInput[] {
  const byBand = Object.entries(PARAMETERS).flatMap(([name, { low, high }]) =>
    (low === undefined && high === undefined) || model.origins[name as ParameterName] === 'fitted'
      ? []
      : [
          {
            what: name,
            low: scale(model, [name as ParameterName], low ?? 1),
            high: scale(model, [name as ParameterName], high ?? 1),
          },
        ],
  );
  const byFit = (Object.keys(FITTED) as (keyof typeof FITTED)[]).flatMap((path) => {
    const error = model.cpuError[path];
    if (error === null || error === 0) return [];
    const names = FITTED[path];
    return [
      { what: `${path} CPU`, low: scale(model, names, Math.max(0, 1 - error)), high: scale(model, names, 1 + error) },
    ];
  });
  return [...byBand, ...byFit];
}

/**
 * The band of a difference: how far each input alone moves it up and down, added in quadrature, as inputs that know nothing of
 * each other are. Both sides of the difference see the same moved input.
 */
export function estimateBand(
  differenceUsd: number,
  moved: readonly MovedInput[],
  differ: (model: Model) => number,
): Band {
  let down = 0;
  let up = 0;
  for (const { low, high } of moved) {
    const changes = [differ(low) - differenceUsd, differ(high) - differenceUsd];
    down += Math.min(0, ...changes) ** 2;
    up += Math.max(0, ...changes) ** 2;
  }
  return { lowUsd: differenceUsd - Math.sqrt(down), highUsd: differenceUsd + Math.sqrt(up) };
}

function scale(model: Model, names: readonly ParameterName[], factor: number): Model {
  const changed = names.map((name) => [name, model.parameters[name] * factor]);
  return { ...model, parameters: { ...model.parameters, ...Object.fromEntries(changed) } };
}
