import type { ModelParameters } from '../parameters.ts';
import { countRowsOfAnySpan } from '../workload/span-rows.ts';
import { type Batch, databaseRowsMs, handlerCpuMs, slowdown } from './function-time.ts';
import type { PlanInputs } from './plan-inputs.ts';

const PAYLOAD_BYTES = 6 * 1_024 * 1_024;
const BASE64 = 4 / 3;

/** The mean micro-batch. */
export type MicroBatch = Batch & {
  /** Invocations per second over all shards. */
  readonly perSecond: number;
  /** Batches per second of one shard if each is due after a poll or batching window with records. */
  readonly duePerSecond: number;
  /** Batches per second of one shard if each is full. */
  readonly fullPerSecond: number;
  /** Time in which one shard receives the events of a batch, s. */
  readonly spanSeconds: number;
  readonly rowsWritten: number;
  /** Duration of a warm invocation, ms. */
  readonly durationMs: number;
};

/**
 * Plans the mean micro-batch of one shard on a steady load: its size, its writes and its duration, warm and with an awake database.
 *
 * @returns null without events
 */
export function planMicroBatch({ parameters, workload, deployment }: PlanInputs): MicroBatch | null {
  const { windowSeconds, shards, batchSize, batchingWindowSeconds, memoryMb } = deployment;
  const { eventsPerSecond, countRows } = workload;
  const records = workload.recordsPerSecond / shards;
  if (records === 0) return null;
  const recordBytes = workload.bytesPerSecond / shards / records;
  const fitting = Math.max(1, PAYLOAD_BYTES / (recordBytes * BASE64 + parameters.payloadBytesPerRecord));
  const fullPerSecond = records / Math.min(batchSize, fitting);
  // A batching window opens with the poll that brings its first record. On a sparse stream, that poll takes a while to come.
  const pollWaitSeconds = parameters.pollSeconds / -Math.expm1(-records * parameters.pollSeconds);
  const duePerSecond = 1 / (batchingWindowSeconds + pollWaitSeconds);
  const perSecond = shards * Math.max(duePerSecond, fullPerSecond);

  const spanSeconds = shards / perSecond;
  const span = { seconds: spanSeconds, windowSeconds, eventsPerSecond: eventsPerSecond / shards };
  const rowsWritten = countRowsOfAnySpan(countRows, span);
  const rowsFresh = Math.min(rowsWritten, countRows(eventsPerSecond * windowSeconds) / windowSeconds / perSecond);
  const rowsUpdated = rowsWritten - rowsFresh;
  const events = eventsPerSecond / perSecond;
  const carried = workload.recordsPerSecond / perSecond;
  const batch: Batch = { events, records: carried, rowsFresh, rowsUpdated };
  return {
    events,
    records: carried,
    rowsFresh,
    rowsUpdated,
    rowsWritten,
    perSecond,
    duePerSecond,
    fullPerSecond,
    spanSeconds,
    durationMs: microBatchMs(parameters, batch, workload.bytesPerSecond / perSecond, memoryMb),
  };
}

/**
 * Duration of a warm invocation, ms: CPU at the function's share of a core, then the database.
 *
 * @param bytes bytes of the records' data
 */
export function microBatchMs(parameters: ModelParameters, batch: Batch, bytes: number, memoryMb: number): number {
  const { payloadCpuMsPerRecord, payloadCpuMsPerByte, databaseMs } = parameters;
  const payloadCpuMs = payloadCpuMsPerRecord * batch.records + payloadCpuMsPerByte * bytes;
  const cpuMs = handlerCpuMs(parameters, 'microBatch', batch) + payloadCpuMs;
  return cpuMs * slowdown(parameters, memoryMb) + databaseMs + databaseRowsMs(parameters, batch);
}
