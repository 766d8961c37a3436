import { type Deployment, runsMicroBatch } from './deployment.ts';
import { gbSecondsOf, slowdown } from './function-time.ts';
import { createRowCounter } from './keys.ts';
import { ASSUMPTIONS } from './parameters.ts';
import type { PathEffort } from './path-effort.ts';
import { bytesPerSecond, recordsPerSecond, type Workload } from './workload.ts';

/** One run of the batch: what it reads, writes, and how long it takes, s. */
export type BatchRun = {
  readonly records: number;
  readonly bytes: number;
  readonly rowsWritten: number;
  readonly rowsFresh: number;
  /** From invocation to answer, without waiting for a paused database. */
  readonly seconds: number;
};

export function planBatchRun(workload: Workload, deployment: Deployment): BatchRun {
  const { windowSeconds, boundSeconds, marginSeconds, memoryMb } = deployment;
  const rowsOf = createRowCounter(workload);
  const events = workload.eventsPerSecond * windowSeconds;
  const records = recordsPerSecond(workload) * windowSeconds;
  const bytes = bytesPerSecond(workload) * windowSeconds;
  // It reads up to the window's end + bound + margin, so the next window's first rows are in it, and are written again then.
  const early = workload.eventsPerSecond * Math.min(windowSeconds, boundSeconds + marginSeconds);
  const rowsWritten = rowsOf(events - early) + rowsOf(early);
  const a = ASSUMPTIONS;
  const cpuMs =
    a.scheduledBatchCpuMs +
    a.coldCpuMs +
    a.scheduledBatchCpuMsPerEvent * events +
    a.scheduledBatchCpuMsPerRecord * records;
  const readMs = readSeconds(workload, deployment, records, bytes) * 1_000;
  const databaseMs = a.connectMs + a.databaseMs + a.databaseMsPerRow * rowsWritten;
  return {
    records,
    bytes,
    rowsWritten,
    rowsFresh: Math.min(rowsWritten, rowsOf(events)),
    seconds: (Math.max(readMs, cpuMs * slowdown(memoryMb)) + databaseMs) / 1_000,
  };
}

/** At the shards' limits, all of them side by side; what the mapping reads meanwhile is taken off. */
function readSeconds(workload: Workload, deployment: Deployment, records: number, bytes: number): number {
  const { shards } = deployment;
  const a = ASSUMPTIONS;
  const taken = runsMicroBatch(deployment) ? bytesPerSecond(workload) / shards : 0;
  // A stream too small for its load never leaves nothing: its producers are throttled at half of what it can be read at.
  const left = Math.max(a.shardReadBytesPerSecond / 2, a.shardReadBytesPerSecond - taken);
  const reads = Math.ceil(Math.max(records / shards / a.recordsPerRead, bytes / shards / a.bytesPerRead));
  return Math.max(bytes / shards / left, reads / a.readsPerSecond);
}

/**
 * The scheduled-batch path over so many due windows, each run cold.
 *
 * @param resumeSeconds how long each run waits for the database to come back
 */
export function scheduledBatchEffort(
  run: BatchRun,
  deployment: Deployment,
  runs: number,
  resumeSeconds: number,
): PathEffort {
  const ticks = runs * ticksPerWindow(deployment.windowSeconds);
  const a = ASSUMPTIONS;
  const runMs = a.initMs + (run.seconds + resumeSeconds) * 1_000;
  return {
    invocations: ticks,
    gbSeconds: runs * gbSecondsOf(runMs, deployment) + (ticks - runs) * gbSecondsOf(a.idleTickMs, deployment),
    commits: runs,
    rowsWritten: run.rowsWritten * runs,
    rowsFresh: run.rowsFresh * runs,
    bytesRead: run.bytes * runs,
    recordsRead: run.records * runs,
    ticks,
  };
}

/** The scheduler asks at the largest divisor of an hour that divides the window; every minute otherwise. */
export function ticksPerWindow(windowSeconds: number): number {
  const divisors = [60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2];
  const minutes = divisors.find((each) => windowSeconds % (each * 60) === 0) ?? 1;
  return Math.max(1, windowSeconds / (minutes * 60));
}
