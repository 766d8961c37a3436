import type { Place } from '#bench/targets/target.ts';
import { type Deployment, defaultDeployment, type Paths } from '#model/deployment.ts';
import type { ModelParameters } from '#model/parameters.ts';
import type { DrainReport } from './phase-reports.ts';

/** How a phase was run. */
export type MeasuredSetting = Pick<DrainReport, 'settings' | 'mapping' | 'shards'>;

/**
 * The deployment that stands for a phase as it was measured, for what a model says of it: the batch called when it is due, on a
 * database that is awake, with the core that its functions had.
 */
export function measuredDeployment(
  paths: Paths,
  { settings, mapping, shards }: MeasuredSetting,
  { name }: Pick<Place, 'name'>,
  { memoryMbPerCore }: ModelParameters,
): Deployment {
  const standard = defaultDeployment(paths);
  return {
    ...standard,
    windowSeconds: settings.windowMs / 1_000,
    boundSeconds: settings.boundMs / 1_000,
    marginSeconds: settings.marginMs / 1_000,
    shards,
    batchSize: mapping.batchSize,
    batchingWindowSeconds: mapping.batchingWindowSeconds,
    tickSeconds: 0,
    regime: 'always-on',
    // Elsewhere than on AWS a function has a core of its own, whatever its memory.
    memoryMb: name === 'aws' ? standard.memoryMb : memoryMbPerCore,
  };
}
