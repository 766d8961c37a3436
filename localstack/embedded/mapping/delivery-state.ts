/** One record as the mapping carries it. */
export type StreamRecord = {
  sequenceNumber: string;
  arrivalMs: number;
  /** Its element of the event's Records, as JSON text, and the bytes of that. */
  json: string;
  sizeBytes: number;
};

export type DeliverySettings = {
  batchSize: number;
  batchingWindowMs: number;
  bisectOnError: boolean;
  /** -1 = without limit. */
  maximumRetryAttempts: number;
  /** -1 = without limit. */
  maximumRecordAgeSeconds: number;
};

/** Records that go to the function together until they are through or given up. */
export type Batch = {
  records: readonly StreamRecord[];
  /** Failed invocations that count against the retry limit. */
  failures: number;
  /** Invocations of exactly these records, for the failure record. */
  invocations: number;
  /** Invocations in a row that were refused before they ran. */
  throttles: number;
  notBeforeMs: number;
};

/** One shard's delivery: pure state, moved on by `nextAction` and by the events of delivery-events.ts. */
export type DeliveryState = {
  /** Batches being tried, in stream order; more than one after a bisection. */
  batches: readonly Batch[];
  /** Records that were read and are in no batch yet. */
  buffer: readonly StreamRecord[];
  /** Since when the buffer waits for its batch to fill. */
  windowStartMs: number | null;
  nextReadMs: number;
  /** The shard is closed and was read to its end. */
  ended: boolean;
  /** Everything up to here is through or given up; null = nothing yet. */
  checkpoint: string | null;
};

export type DiscardReason = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export type Action =
  | { kind: 'read' }
  | { kind: 'wait'; untilMs: number }
  | { kind: 'invoke'; batch: Batch }
  /** The first records of the first batch are to be given up. */
  | { kind: 'discard'; reason: DiscardReason; records: readonly StreamRecord[]; invocations: number }
  | { kind: 'done' };

/** How an invocation ended, for the shard: see `readBatchOutcome`. */
export type BatchOutcome =
  | { kind: 'succeeded' }
  /** The first `doneCount` records (none to all but one) are through; the rest is tried again. */
  | { kind: 'partial'; doneCount: number }
  | { kind: 'failed' }
  /** It never ran: the function had no capacity. */
  | { kind: 'throttled' };

export function startDelivery(nowMs: number, checkpoint: string | null): DeliveryState {
  return { batches: [], buffer: [], windowStartMs: null, nextReadMs: nowMs, ended: false, checkpoint };
}

/** Records that have not been tried yet. */
export function newBatch(records: readonly StreamRecord[], nowMs: number): Batch {
  return { records, failures: 0, invocations: 0, throttles: 0, notBeforeMs: nowMs };
}
