import { sayAmount, saySeconds, sayShare } from '#text/format-number.ts';
import type { Deployment } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import { type BatchRun, pageBytes } from '../timing/batch-run.ts';
import type { PlanInputs } from '../timing/plan-inputs.ts';
import { FREE_RETENTION_HOURS, MOST_RETENTION_HOURS, neededRetentionHours, type Schedule } from '../timing/schedule.ts';
import { type Candidate, NAMED_FROM } from './limit.ts';

/** GetRecords calls per second that a shard answers, over all readers; AWS documentation. */
const SHARD_CALLS_PER_SECOND = 5;

export function shardLimit({
  workload,
  deployment: { shards },
}: Pick<PlanInputs, 'workload' | 'deployment'>): Candidate {
  const use = workload.shardUse / shards;
  return {
    id: 'shards',
    text: () =>
      `${shards === 1 ? '1 shard is' : `${sayAmount(shards)} shards are`} filled to ${sayShare(use)} of 1 MB/s or 1,000 records/s each`,
    use,
    possible: use <= 1,
  };
}

/** The limit on the bytes that both paths together read from each shard. */
export function sharedBytes({ parameters, workload, deployment }: PlanInputs): Candidate {
  const read = (2 * workload.bytesPerSecond) / deployment.shards;
  const given = parameters.shardReadBytesPerSecond;
  return {
    id: 'read-bytes',
    text: () =>
      `both paths read ${sayAmount(read / 1e6)} MB/s of the ${sayAmount(given / 1e6)} MB/s that a shard gives`,
    use: read / given,
    possible: read <= given,
  };
}

/** The limit on the calls that both paths together make to each shard while a batch reads. */
export function sharedCalls({ pollSeconds, readsPerSecond }: ModelParameters): Candidate {
  const calls = 1 / pollSeconds + readsPerSecond;
  return {
    id: 'read-calls',
    text: () =>
      `the mapping asks a shard ${sayAmount(1 / pollSeconds)} × a second and the batch's reader ${sayAmount(readsPerSecond)} ×, ` +
      `${sayAmount(calls)} of the ${SHARD_CALLS_PER_SECOND} calls a second that a shard answers`,
    use: calls / SHARD_CALLS_PER_SECOND,
    possible: calls <= SHARD_CALLS_PER_SECOND,
  };
}

export function readingLimits(
  parameters: ModelParameters,
  deployment: Deployment,
  run: BatchRun,
  intervalSeconds: number,
): Candidate[] {
  const { shards, memoryMb } = deployment;
  const { readsPerSecond, shardReadBytesPerSecond, bytesPerRead } = parameters;
  const use = run.readSeconds / intervalSeconds;
  const page = pageBytes(parameters, deployment);
  const byCalls = page * readsPerSecond;
  if (page < bytesPerRead && byCalls < shardReadBytesPerSecond) {
    return [
      {
        id: 'read-calls',
        text: () =>
          `${sayAmount(memoryMb)} MB of memory leave each of ${sayAmount(shards)} shards pages of ${sayAmount(page / 1e3)} KB: ` +
          `${readsPerSecond} calls a second read ${sayAmount(byCalls / 1e6)} MB/s of each`,
        use,
        possible: use <= 1,
      },
    ];
  }
  return [
    {
      id: 'read-bytes',
      text: () =>
        `${sayAmount(run.bytes / 1e6)} MB of ${saySeconds(intervalSeconds)} take ${saySeconds(run.readSeconds)} to read, at 2 MB/s a shard`,
      use,
      possible: use <= 1,
    },
  ];
}

export function retentionLimit(deployment: Deployment, schedule: Schedule): Candidate | null {
  const hours = neededRetentionHours(deployment, schedule);
  if (hours <= FREE_RETENTION_HOURS) return null;
  return {
    id: 'retention',
    text: () =>
      `the stream has to keep records for ${sayAmount(hours)} h, two runs and the lag; ${FREE_RETENTION_HOURS} h cost nothing`,
    use: Math.max(NAMED_FROM, hours / MOST_RETENTION_HOURS),
    possible: hours <= MOST_RETENTION_HOURS,
  };
}
