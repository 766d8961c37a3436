import type { Deployment } from './deployment.ts';
import { gbSecondsOf, slowdown } from './function-time.ts';
import { createRowCounter } from './keys.ts';
import { ASSUMPTIONS } from './parameters.ts';
import { NO_EFFORT, type PathEffort } from './path-effort.ts';
import { bytesPerSecond, recordsPerSecond, type Workload } from './workload.ts';

const POLL_SECONDS = 1;
const PAYLOAD_BYTES = 6 * 1_024 * 1_024;

/** Invocations a second over all shards: a batch is due after a poll or batching window that brought records, or when it is full. */
export function microBatchesPerSecond(workload: Workload, deployment: Deployment): number {
  const { shards, batchSize, batchingWindowSeconds } = deployment;
  const records = recordsPerSecond(workload) / shards;
  if (records === 0) return 0;
  const recordBytes = bytesPerSecond(workload) / shards / records;
  const full = records / Math.min(batchSize, Math.max(1, PAYLOAD_BYTES / (recordBytes * ASSUMPTIONS.wireBytesPerByte)));
  // The window opens with its first record, which a sparse stream makes it wait for.
  const due =
    batchingWindowSeconds > POLL_SECONDS
      ? 1 / (batchingWindowSeconds + 1 / records)
      : -Math.expm1(-records * POLL_SECONDS) / POLL_SECONDS;
  return shards * Math.max(due, full);
}

/** The micro-batch path over so many seconds. */
export function microBatchEffort(workload: Workload, deployment: Deployment, seconds: number): PathEffort {
  const perSecond = microBatchesPerSecond(workload, deployment);
  if (perSecond === 0) return NO_EFFORT;
  const rowsOf = createRowCounter(workload);
  const events = workload.eventsPerSecond / perSecond;
  const records = recordsPerSecond(workload) / perSecond;
  const rows = rowsOf(events);
  const windows = seconds / deployment.windowSeconds;
  const invocations = perSecond * seconds;
  const rowsWritten = rows * invocations;
  return {
    ...NO_EFFORT,
    invocations,
    gbSeconds: invocations * gbSecondsOf(microBatchMs(events, records, rows, deployment.memoryMb), deployment),
    commits: invocations,
    rowsWritten,
    rowsFresh: Math.min(rowsWritten, rowsOf(workload.eventsPerSecond * deployment.windowSeconds) * windows),
  };
}

/** Billed duration of a warm invocation: CPU at the function's share of a core, then the database. */
export function microBatchMs(events: number, records: number, rows: number, memoryMb: number): number {
  const a = ASSUMPTIONS;
  const handler = a.microBatchCpuMs + a.microBatchCpuMsPerEvent * events + a.microBatchCpuMsPerRecord * records;
  const cpuMs = handler + a.payloadCpuMsPerRecord * records;
  return cpuMs * slowdown(memoryMb) + a.databaseMs + a.databaseMsPerRow * rows;
}
