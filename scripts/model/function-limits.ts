import { type BatchRun, mostKeys } from './batch-run.ts';
import type { Deployment } from './deployment.ts';
import type { Candidate } from './limit.ts';
import { amount, seconds } from './limit-figures.ts';
import type { MicroBatch } from './micro-batch.ts';
import type { ModelParameters } from './parameters.ts';

const MICRO_BATCH_TIMEOUT_SECONDS = 120;
/** Concurrent executions of an account that has not asked for more; AWS documentation. */
const ACCOUNT_CONCURRENCY = 1_000;

export function busyLimit({ durationMs, spanSeconds }: MicroBatch): Candidate {
  const use = Math.max(durationMs / 1_000 / spanSeconds, durationMs / 1_000 / MICRO_BATCH_TIMEOUT_SECONDS);
  return {
    id: 'time',
    text: () => `a shard's invocations, one at a time, take ${amount(durationMs)} ms every ${seconds(spanSeconds)}`,
    use,
    possible: use <= 1,
  };
}

export function concurrencyLimit({ shards }: Deployment): Candidate {
  return {
    id: 'concurrency',
    text: () =>
      `${amount(shards)} invocations at once, one a shard; an account has ${amount(ACCOUNT_CONCURRENCY)} unless it asks for more`,
    use: shards / ACCOUNT_CONCURRENCY,
    possible: true,
  };
}

export function partLimits(parameters: ModelParameters, deployment: Deployment, run: BatchRun): Candidate[] {
  const { parts, cutBy, keysHeld } = run;
  const most = mostKeys(parameters, deployment);
  const each = (): string => `${amount(parts)} invocations a run, each with a commit of its own`;
  const limits: Candidate[] = [];
  if (cutBy === 'time') {
    limits.push({
      id: 'time',
      text: () => `${each()}: one takes ${seconds(parameters.functionSeconds)} at most, its commit included`,
      use: run.seconds / parameters.functionSeconds,
      possible: true,
    });
  }
  const held = (): string =>
    `${amount(keysHeld)} of ${amount(most)} keys that ${amount(deployment.memoryMb)} MB may hold`;
  limits.push({
    id: 'memory',
    text: () => (cutBy === 'memory' ? `${each()}, with ${held()}` : held()),
    use: keysHeld / most,
    possible: keysHeld <= most,
  });
  return limits;
}

export function intervalLimit(
  { seconds: takes, cpuSeconds, readSeconds }: BatchRun,
  intervalSeconds: number,
): Candidate {
  const most = cpuSeconds > readSeconds ? 'CPU' : 'reading';
  const possible = takes <= intervalSeconds;
  return {
    id: 'interval',
    text: () =>
      `a run takes ${seconds(takes)}, most of it ${most}, every ${seconds(intervalSeconds)}${possible ? '' : ': it falls behind for good'}`,
    use: takes / intervalSeconds,
    possible,
  };
}
