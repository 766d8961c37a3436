import { sayAmount, saySeconds } from '#text/format-number.ts';
import type { Deployment } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import { type BatchRun, mostKeys } from '../timing/batch-run.ts';
import { databaseRowsMs } from '../timing/function-time.ts';
import type { MicroBatch } from '../timing/micro-batch.ts';
import type { Candidate } from './limit.ts';

/** Timeout of the deployed micro-batch function, s. */
export const MICRO_BATCH_TIMEOUT_SECONDS = 120;
/** Default quota of concurrent executions of an account; AWS documentation. */
const ACCOUNT_CONCURRENCY = 1_000;

export function busyLimit(parameters: ModelParameters, { memoryMb }: Deployment, batch: MicroBatch): Candidate {
  const { durationMs, spanSeconds } = batch;
  const use = Math.max(durationMs / 1_000 / spanSeconds, durationMs / 1_000 / MICRO_BATCH_TIMEOUT_SECONDS);
  const databaseMs = parameters.databaseMs + databaseRowsMs(parameters, batch);
  const cpuMs = durationMs - databaseMs;
  return {
    id: 'time',
    text: () => {
      const takes = `a shard's invocations, one at a time, take ${sayAmount(durationMs)} ms every ${saySeconds(spanSeconds)}`;
      if (use <= 1 || cpuMs < databaseMs || memoryMb >= parameters.memoryMbPerCore) return takes;
      const wholeCoreMs = databaseMs + (cpuMs * memoryMb) / parameters.memoryMbPerCore;
      return `${takes}, most of it CPU; ${withWholeCore(parameters)}, ${sayAmount(wholeCoreMs)} ms`;
    },
    use,
    possible: use <= 1,
  };
}

export function concurrencyLimit({ shards }: Deployment): Candidate {
  return {
    id: 'concurrency',
    text: () =>
      `${sayAmount(shards)} invocations at once, one a shard; an account has ${sayAmount(ACCOUNT_CONCURRENCY)} unless it asks for more`,
    use: shards / ACCOUNT_CONCURRENCY,
    possible: true,
  };
}

export function partLimits(parameters: ModelParameters, deployment: Deployment, run: BatchRun): Candidate[] {
  const { parts, cutBy, keysHeld } = run;
  const most = mostKeys(parameters, deployment);
  const each = (): string => `${sayAmount(parts)} invocations a run, each with a commit of its own`;
  const limits: Candidate[] = [];
  if (cutBy === 'time') {
    limits.push({
      id: 'time',
      text: () => `${each()}: one takes ${saySeconds(parameters.functionSeconds)} at most, its commit included`,
      use: run.seconds / parameters.functionSeconds,
      possible: true,
    });
  }
  const held = (): string =>
    `${sayAmount(keysHeld)} of ${sayAmount(most)} keys that ${sayAmount(deployment.memoryMb)} MB may hold`;
  limits.push({
    id: 'memory',
    text: () => (cutBy === 'memory' ? `${each()}, with ${held()}` : held()),
    use: keysHeld / most,
    possible: keysHeld <= most,
  });
  return limits;
}

/** @param wholeCoreSeconds duration of the run with a whole core, s */
export function intervalLimit(
  parameters: ModelParameters,
  { memoryMb }: Deployment,
  { seconds: takes, cpuSeconds, readSeconds }: BatchRun,
  intervalSeconds: number,
  wholeCoreSeconds: () => number,
): Candidate {
  const isCpu = cpuSeconds > readSeconds;
  const possible = takes <= intervalSeconds;
  return {
    id: 'interval',
    text: () => {
      const run = `a run takes ${saySeconds(takes)}, most of it ${isCpu ? 'CPU' : 'reading'}, every ${saySeconds(intervalSeconds)}`;
      if (possible) return run;
      const behind = `${run}: it falls behind for good`;
      if (!isCpu || memoryMb >= parameters.memoryMbPerCore) return behind;
      return `${behind}; ${withWholeCore(parameters)}, ${saySeconds(wholeCoreSeconds())}`;
    },
    use: takes / intervalSeconds,
    possible,
  };
}

function withWholeCore({ memoryMbPerCore }: ModelParameters): string {
  return `with a whole core (${sayAmount(memoryMbPerCore)} MB)`;
}
