import type { Deployment } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import type { MicroBatch } from './micro-batch.ts';
import type { PlanInputs } from './plan-inputs.ts';
import type { Schedule } from './schedule.ts';

/** How a database of its own spends its time. */
export type Awake = {
  /** Share of the time, 0–1. */
  readonly share: number;
  /** How long each scheduled batch waits until the database is back, s; 0 where it is still awake. */
  readonly resumeSeconds: number;
  /** The same of a micro-batch, in the mean. */
  readonly microBatchResumeSeconds: number;
};

/** A database that never pauses. */
export const ALWAYS: Awake = { share: 1, resumeSeconds: 0, microBatchResumeSeconds: 0 };

/**
 * An auto-pausing database is awake from a connection until so long after the last one. A batch wakes it once a run; micro-batches
 * keep a connection between them; readers come at any time.
 *
 * @param microBatch null where no micro-batches run
 * @param batchSeconds how long a batch run takes; null where none runs
 */
export function planAwake(
  { parameters, deployment }: Pick<PlanInputs, 'parameters' | 'deployment'>,
  { intervalSeconds }: Schedule,
  microBatch: MicroBatch | null,
  batchSeconds: number | null,
): Awake {
  const { regime, autoPauseSeconds, readHoursPerDay } = deployment;
  if (regime !== 'auto-pause') return ALWAYS;
  const { resumeSeconds } = parameters;
  const micro = microBatch === null ? ASLEEP : keepAwake(parameters, deployment, microBatch);
  const byBatch =
    batchSeconds === null ? 0 : Math.min(1, (resumeSeconds + batchSeconds + autoPauseSeconds) / intervalSeconds);
  const nobodyReads = 1 - readHoursPerDay / 24;
  return {
    share: 1 - (1 - byBatch) * (1 - micro.share) * nobodyReads,
    resumeSeconds: byBatch < 1 ? resumeSeconds * (1 - micro.share) * nobodyReads : 0,
    microBatchResumeSeconds: resumeSeconds * micro.foundAsleep * (1 - byBatch) * nobodyReads,
  };
}

/** Share of the time that micro-batches alone keep the database awake, and share of them that find it asleep. */
type KeptAwake = { readonly share: number; readonly foundAsleep: number };

const ASLEEP: KeptAwake = { share: 0, foundAsleep: 0 };

/**
 * A shard's batches are a batching window apart and what it takes until the next record, at random, opens another; those of other
 * shards come in between.
 */
function keepAwake(parameters: ModelParameters, deployment: Deployment, microBatch: MicroBatch): KeptAwake {
  const { shards, batchingWindowSeconds, autoPauseSeconds } = deployment;
  const awakeSeconds = autoPauseSeconds + parameters.connectionHeldSeconds;
  const apart = 1 / (microBatch.perSecond / shards);
  const fixed = batchingWindowSeconds > parameters.pollSeconds ? Math.min(batchingWindowSeconds, apart) : 0;
  const random = apart - fixed;
  const fellAsleep = random === 0 ? 0 : Math.exp(-Math.max(0, awakeSeconds - fixed) / random);
  const awakeEach = Math.min(fixed, awakeSeconds) + random * (1 - fellAsleep);
  const asleep = Math.max(0, 1 - awakeEach / apart);
  return { share: 1 - asleep ** shards, foundAsleep: fellAsleep * asleep ** (shards - 1) };
}

/**
 * ACU while awake: the least, or what the statements' CPU asks for.
 *
 * @param databaseMsPerSecond CPU of statements, ms for each second of the whole time
 * @param share of the time that it is awake, 0–1
 * @param acuAwake ACU while awake, at least
 */
export function acuWhileAwake(
  parameters: ModelParameters,
  databaseMsPerSecond: number,
  share: number,
  acuAwake: number,
): number {
  const { acuPerCore, acuAwakeFactor } = parameters;
  const asked = share === 0 ? 0 : (databaseMsPerSecond / 1_000 / share) * acuPerCore;
  return Math.max(acuAwake, asked) * acuAwakeFactor;
}
