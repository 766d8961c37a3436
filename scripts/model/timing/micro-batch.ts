import type { Deployment } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import { countRows } from '../workload/keys.ts';
import { countRowsOfAnySpan } from '../workload/span-rows.ts';
import { bytesPerSecond, recordsPerSecond, type Workload } from '../workload/workload.ts';
import { type Batch, databaseRowsMs, handlerCpuMs, slowdown } from './function-time.ts';

const PAYLOAD_BYTES = 6 * 1_024 * 1_024;
const BASE64 = 4 / 3;

/** One micro-batch in the mean. */
export type MicroBatch = Batch & {
  /** Events of one shard that it takes the time of, s. */
  readonly spanSeconds: number;
  readonly rowsWritten: number;
  /** From invocation to answer, warm, ms. */
  readonly durationMs: number;
};

/** Batches a second of one shard: one is due after a poll or batching window that brought records, or when it is full. */
export function batchRates(
  parameters: ModelParameters,
  workload: Workload,
  deployment: Deployment,
): { due: number; full: number } {
  const { shards, batchSize, batchingWindowSeconds } = deployment;
  const { pollSeconds, payloadBytesPerRecord } = parameters;
  const records = recordsPerSecond(workload) / shards;
  if (records === 0) return { due: 0, full: 0 };
  const recordBytes = bytesPerSecond(workload) / shards / records;
  const fitting = Math.max(1, PAYLOAD_BYTES / (recordBytes * BASE64 + payloadBytesPerRecord));
  const full = records / Math.min(batchSize, fitting);
  // A batching window opens with the poll that brings its first record, which a sparse stream lets it wait for.
  const due = 1 / (batchingWindowSeconds + pollSeconds / -Math.expm1(-records * pollSeconds));
  return { due, full };
}

/** Invocations a second over all shards. */
export function microBatchesPerSecond(parameters: ModelParameters, workload: Workload, deployment: Deployment): number {
  const { due, full } = batchRates(parameters, workload, deployment);
  return deployment.shards * Math.max(due, full);
}

/**
 * One micro-batch of one shard in the mean, on a steady load: what it carries, writes and takes, warm and on a database that is awake.
 *
 * @returns null while nothing comes
 */
export function planMicroBatch(
  parameters: ModelParameters,
  workload: Workload,
  deployment: Deployment,
): MicroBatch | null {
  const perSecond = microBatchesPerSecond(parameters, workload, deployment);
  if (perSecond === 0) return null;
  const { windowSeconds, shards, memoryMb } = deployment;
  const { keys, eventsPerSecond } = workload;
  const spanSeconds = shards / perSecond;
  const span = { seconds: spanSeconds, windowSeconds, eventsPerSecond: eventsPerSecond / shards };
  const rowsWritten = countRowsOfAnySpan(keys, span);
  const rowsFresh = Math.min(rowsWritten, countRows(keys, eventsPerSecond * windowSeconds) / windowSeconds / perSecond);
  const batch: Batch = {
    events: eventsPerSecond / perSecond,
    records: recordsPerSecond(workload) / perSecond,
    rowsFresh,
    rowsUpdated: rowsWritten - rowsFresh,
  };
  const bytes = bytesPerSecond(workload) / perSecond;
  return { ...batch, spanSeconds, rowsWritten, durationMs: microBatchMs(parameters, batch, bytes, memoryMb) };
}

/**
 * Duration of a warm invocation, ms: CPU at the function's share of a core, then the database.
 *
 * @param bytes of its records' data
 */
export function microBatchMs(parameters: ModelParameters, batch: Batch, bytes: number, memoryMb: number): number {
  const { payloadCpuMsPerRecord, payloadCpuMsPerByte, databaseMs } = parameters;
  const payloadCpuMs = payloadCpuMsPerRecord * batch.records + payloadCpuMsPerByte * bytes;
  const cpuMs = handlerCpuMs(parameters, 'microBatch', batch) + payloadCpuMs;
  return cpuMs * slowdown(parameters, memoryMb) + databaseMs + databaseRowsMs(parameters, batch);
}
