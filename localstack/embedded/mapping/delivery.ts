/** A record of the stream, as an element of the function's event. */
export type StreamRecord = {
  sequenceNumber: string;
  arrivalMs: number;
  /** The record's element of the event's Records, as JSON; `sizeBytes` is its length. */
  json: string;
  sizeBytes: number;
};

export type DeliverySettings = {
  batchSize: number;
  batchingWindowMs: number;
  bisectOnError: boolean;
  /** -1: no limit. */
  maximumRetryAttempts: number;
  /** -1: no limit. */
  maximumRecordAgeSeconds: number;
};

/** Records that go to the function together until they are delivered or discarded. */
export type Batch = {
  records: readonly StreamRecord[];
  /** Number of failed invocations that count against the retry limit. */
  failures: number;
  /** Number of invocations with exactly these records, for the failure record. */
  invocations: number;
  /** Number of successive invocations that were throttled. */
  throttles: number;
  notBeforeMs: number;
};

/** Delivery of one shard: pure state. `nextAction` and the functions named `after…` return the next state. */
export type DeliveryState = {
  /** Batches in delivery, in stream order; more than one after a bisection. */
  batches: readonly Batch[];
  /** Records that were read and belong to no batch yet. */
  buffer: readonly StreamRecord[];
  /** When the buffer began to fill; null while it is empty. */
  windowStartMs: number | null;
  nextReadMs: number;
  /** Whether the shard is closed and was read to its end. */
  ended: boolean;
  /** Last sequence number that was delivered or discarded; null before the first. */
  checkpoint: string | null;
};

export type DiscardReason = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export type Action =
  | { kind: 'read' }
  | { kind: 'wait'; untilMs: number }
  | { kind: 'invoke'; batch: Batch }
  /** Discard the first records of the first batch. */
  | { kind: 'discard'; reason: DiscardReason; records: readonly StreamRecord[]; invocations: number }
  | { kind: 'done' };

/** Outcome of an invocation, as `readBatchOutcome` reads it. */
export type BatchOutcome =
  | { kind: 'succeeded' }
  /** The first `doneCount` records (0 to all but one) are delivered; the rest is retried. */
  | { kind: 'partial'; doneCount: number }
  | { kind: 'failed' }
  /** The function had no capacity, so the invocation never ran. */
  | { kind: 'throttled' };

export function startDelivery(nowMs: number, checkpoint: string | null): DeliveryState {
  return { batches: [], buffer: [], windowStartMs: null, nextReadMs: nowMs, ended: false, checkpoint };
}

/** A batch without invocations. */
function newBatch(records: readonly StreamRecord[], nowMs: number): Batch {
  return { records, failures: 0, invocations: 0, throttles: 0, notBeforeMs: nowMs };
}

/** The next action and the state to continue from. A batch that is due is cut from the buffer. */
export function nextAction(
  state: DeliveryState,
  settings: DeliverySettings,
  nowMs: number,
): { state: DeliveryState; action: Action } {
  const [batch] = state.batches;
  if (batch !== undefined) return { state, action: actionFor(batch, settings, nowMs) };

  const { buffer, windowStartMs } = state;
  if (buffer.length > 0 && windowStartMs !== null) {
    const { length, isFull } = fullBatchLength(buffer, settings.batchSize);
    const windowEndMs = windowStartMs + settings.batchingWindowMs;
    if (isFull || state.ended || nowMs >= windowEndMs)
      return nextAction(cutBatch(state, length, nowMs), settings, nowMs);
    if (nowMs < state.nextReadMs)
      return { state, action: { kind: 'wait', untilMs: Math.min(state.nextReadMs, windowEndMs) } };
  }
  if (state.ended) return { state, action: { kind: 'done' } };
  if (nowMs < state.nextReadMs) return { state, action: { kind: 'wait', untilMs: state.nextReadMs } };
  return { state, action: { kind: 'read' } };
}

function actionFor(batch: Batch, settings: DeliverySettings, nowMs: number): Action {
  const { records, failures, invocations, notBeforeMs } = batch;
  const maximumAgeMs =
    settings.maximumRecordAgeSeconds < 0 ? Number.POSITIVE_INFINITY : settings.maximumRecordAgeSeconds * 1000;
  const firstYoung = records.findIndex((record) => nowMs - record.arrivalMs <= maximumAgeMs);
  const expired = firstYoung < 0 ? records : records.slice(0, firstYoung);
  if (expired.length > 0) return { kind: 'discard', reason: 'RecordAgeExceeded', records: expired, invocations };

  const { maximumRetryAttempts } = settings;
  if (maximumRetryAttempts >= 0 && failures > maximumRetryAttempts) {
    return { kind: 'discard', reason: 'RetryAttemptsExhausted', records, invocations };
  }
  if (nowMs >= notBeforeMs) return { kind: 'invoke', batch };
  const expiryMs = (records[0]?.arrivalMs ?? nowMs) + maximumAgeMs + 1;
  return { kind: 'wait', untilMs: Math.min(notBeforeMs, expiryMs) };
}

function cutBatch(state: DeliveryState, length: number, nowMs: number): DeliveryState {
  const buffer = state.buffer.slice(length);
  return {
    ...state,
    batches: [newBatch(state.buffer.slice(0, length), nowMs)],
    buffer,
    windowStartMs: buffer.length === 0 ? null : nowMs,
  };
}

/** Lambda polls a shard once a second, and at once after a full batch. */
const POLL_INTERVAL_MS = 1000;
const REFUSED_READ_DELAY_MS = 250;
const FIRST_RETRY_DELAY_MS = 100;
const LONGEST_RETRY_DELAY_MS = 10_000;

/** State after a read that was requested at `askedMs` and returned these records. */
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

/** State after a failed read: the next read comes a second later. */
export function afterFailedRead(state: DeliveryState, nowMs: number): DeliveryState {
  return { ...state, nextReadMs: nowMs + POLL_INTERVAL_MS };
}

/** State after a read beyond the shard's limits. A refused read costs nothing, so the next one comes soon. */
export function afterRefusedRead(state: DeliveryState, nowMs: number): DeliveryState {
  return { ...state, nextReadMs: nowMs + REFUSED_READ_DELAY_MS };
}

/** State after an invocation with the first batch. */
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
      // Progress resets the retries of the rest. A bisection at the returned number would leave the same rest.
      const remaining = dropFirst(state, outcome.doneCount, nowMs);
      const [remainder] = remaining.batches;
      if (remainder === undefined) return remaining;
      return withFirst(remaining, retryLater({ ...remainder, failures: 0, invocations: 0 }, nowMs));
    }

    case 'failed': {
      if (!settings.bisectOnError || records.length === 1) return withFirst(state, retryLater(batch, nowMs));
      // Splitting isolates a bad record. It does not use up retries.
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

/** State after the first `count` records of the first batch were discarded. */
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
    // The buffer's batching window begins when no batch is left before it.
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

/** Limit of a synchronous invocation: 6 MB, with the records in base64. */
const EVENT_BYTES = 6 * 1024 * 1024;
const ENVELOPE_BYTES = '{"Records":[]}'.length;

/**
 * Number of records for the next batch, and whether the batch is full, by count or by bytes.
 * A record that is too large for an event goes alone.
 */
export function fullBatchLength(
  records: readonly { sizeBytes: number }[],
  batchSize: number,
): { length: number; isFull: boolean } {
  let sizeBytes = ENVELOPE_BYTES;
  for (const [index, record] of records.entries()) {
    if (index === batchSize) return { length: index, isFull: true };
    const comma = index === 0 ? 0 : 1;
    if (index > 0 && sizeBytes + comma + record.sizeBytes > EVENT_BYTES) return { length: index, isFull: true };
    sizeBytes += comma + record.sizeBytes;
  }
  return { length: records.length, isFull: records.length === batchSize };
}
