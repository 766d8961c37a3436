import { fullBatchLength } from './batch-size.ts';
import {
  type Batch,
  type BatchOutcome,
  type DeliverySettings,
  type DeliveryState,
  newBatch,
  type StreamRecord,
} from './delivery-state.ts';

/** Lambda polls a shard once a second, and at once after a batch's worth was there. */
export const POLL_INTERVAL_MS = 1000;
const REFUSED_READ_DELAY_MS = 250;
const FIRST_RETRY_DELAY_MS = 100;
const LONGEST_RETRY_DELAY_MS = 10_000;

/** After a read that was asked for at `askedMs` and gave these records. */
export function afterRead(
  state: DeliveryState,
  settings: DeliverySettings,
  records: readonly StreamRecord[],
  isEnd: boolean,
  askedMs: number,
  nowMs: number,
): DeliveryState {
  const buffer = [...state.buffer, ...records];
  const { isFull } = fullBatchLength(buffer, settings.batchSize);
  return {
    ...state,
    buffer,
    windowStartMs: buffer.length === 0 ? null : (state.windowStartMs ?? nowMs),
    nextReadMs: isFull ? nowMs : askedMs + POLL_INTERVAL_MS,
    ended: isEnd,
  };
}

/** After a read that failed: the next one comes a second later. */
export function afterFailedRead(state: DeliveryState, nowMs: number): DeliveryState {
  return { ...state, nextReadMs: nowMs + POLL_INTERVAL_MS };
}

/** After a read that the shard refused because its limits are reached: a refusal costs nothing, so it is asked soon. */
export function afterRefusedRead(state: DeliveryState, nowMs: number): DeliveryState {
  return { ...state, nextReadMs: nowMs + REFUSED_READ_DELAY_MS };
}

/** After the first batch was invoked. */
export function afterInvocation(
  state: DeliveryState,
  settings: DeliverySettings,
  outcome: BatchOutcome,
  nowMs: number,
): DeliveryState {
  const [batch, ...rest] = state.batches;
  if (batch === undefined) return state;
  const { records } = batch;
  switch (outcome.kind) {
    case 'succeeded':
      return dropFirst(state, records.length, nowMs);

    case 'partial': {
      if (outcome.doneCount === 0) return withFirst(state, retryLater(batch, nowMs));
      // Progress: the rest starts its retries anew. A bisection at the returned number gives the same rest.
      const remaining = dropFirst(state, outcome.doneCount, nowMs);
      const [remainder] = remaining.batches;
      if (remainder === undefined) return remaining;
      return withFirst(remaining, retryLater({ ...remainder, failures: 0, invocations: 0 }, nowMs));
    }

    case 'failed': {
      if (!settings.bisectOnError || records.length === 1) return withFirst(state, retryLater(batch, nowMs));
      // Splitting isolates a bad record and does not use up retries.
      const middle = Math.ceil(records.length / 2);
      const halves = [records.slice(0, middle), records.slice(middle)].map((half) => newBatch(half, nowMs));
      return { ...state, batches: [...halves, ...rest] };
    }

    case 'throttled': {
      const throttles = batch.throttles + 1;
      return withFirst(state, { ...batch, throttles, notBeforeMs: nowMs + retryDelayMs(throttles) });
    }
  }
}

/** After the first `count` records of the first batch were given up and recorded. */
export function afterDiscard(state: DeliveryState, count: number, nowMs: number): DeliveryState {
  return dropFirst(state, count, nowMs);
}

function dropFirst(state: DeliveryState, count: number, nowMs: number): DeliveryState {
  const [batch, ...rest] = state.batches;
  if (batch === undefined || count === 0) return state;
  const remaining = batch.records.slice(count);
  const batches = remaining.length === 0 ? rest : [{ ...batch, records: remaining }, ...rest];
  return {
    ...state,
    batches,
    // What waits in the buffer begins to gather when nothing goes before it any more.
    windowStartMs: batches.length === 0 && state.buffer.length > 0 ? nowMs : state.windowStartMs,
    checkpoint: batch.records[count - 1]?.sequenceNumber ?? state.checkpoint,
  };
}

function withFirst(state: DeliveryState, batch: Batch): DeliveryState {
  return { ...state, batches: [batch, ...state.batches.slice(1)] };
}

function retryLater(batch: Batch, nowMs: number): Batch {
  const failures = batch.failures + 1;
  return {
    ...batch,
    failures,
    invocations: batch.invocations + 1,
    throttles: 0,
    notBeforeMs: nowMs + retryDelayMs(failures),
  };
}

function retryDelayMs(attempts: number): number {
  return Math.min(FIRST_RETRY_DELAY_MS * 2 ** (attempts - 1), LONGEST_RETRY_DELAY_MS);
}
