import type { Deployment } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import type { MicroBatch } from './micro-batch.ts';
import type { PlanInputs } from './plan-inputs.ts';
import type { Schedule } from './schedule.ts';

/** Awake time of the stack's own database. */
export type Awake = {
  /** Share of the time that the database is awake, 0–1. */
  readonly share: number;
  /** Mean time that a scheduled batch waits for the database to resume, s; 0 if it is still awake. */
  readonly resumeSeconds: number;
  /** Mean time that a micro-batch waits for the database to resume, s. */
  readonly microBatchResumeSeconds: number;
};

/** A database that never pauses. */
export const ALWAYS: Awake = { share: 1, resumeSeconds: 0, microBatchResumeSeconds: 0 };

/**
 * An auto-pausing database is awake from a connection until an idle time after the last one. A batch wakes it once per run, micro-batches
 * keep a connection between them, and readers come at any time.
 *
 * @param microBatch null if no micro-batches run
 * @param batchSeconds duration of a batch run; null if none runs
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
 * Two batches of a shard are one batching window apart, and then a random time until the next record opens another window. Batches of
 * other shards come in between.
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
 * ACU while awake: the configured least, or the ACU that the CPU of the statements needs if that is more.
 *
 * @param databaseMsPerSecond CPU of statements, ms per second of the whole time
 * @param share share of the time that the database is awake, 0–1
 * @param acuAwake least ACU while awake
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
