import { setTimeout as timer } from 'node:timers/promises';
import { type Lookahead, lookAhead } from './lookahead.ts';
import { createNumberColumn } from './number-column.ts';
import type { LoadRecord } from './pack.ts';
import { type Placement, type PutRecordsClient, putRecords, requireSingleAttempt } from './put-records.ts';

/** PutRecords takes 500 records and 5 MB; kinesalite 7 MB of request with base64, so 4 MB leaves room in both. */
const MAX_RECORDS_PER_CALL = 500;
const MAX_BYTES_PER_CALL = 4_000_000;

const FIRST_BACKOFF_MS = 50;
const LONGEST_BACKOFF_MS = 1_000;

/** A record that Kinesis has taken. */
export type SentRecord = Placement & {
  /** Time of the call that sent the record, epoch ms. */
  readonly sentMs: number;
  /** Lag of that call behind the record's due time, ms. */
  readonly lagMs: number;
};

export type ProducerOptions = {
  /** Client without retries: `maxAttempts: 1`. */
  readonly client: PutRecordsClient;
  readonly streamName: string;
  /** Records to send, in order of `dueMs`. */
  readonly records: AsyncIterable<LoadRecord>;
  /** Epoch ms of offset 0. Default: now. */
  readonly startMs?: number;
  /** Called once for every record that Kinesis has taken, in the order in which it was sent. */
  readonly onSent: (record: LoadRecord, sent: SentRecord) => void;
  /** Ends the load before the next call. A call in flight is waited for, so that its outcome is known. */
  readonly signal?: AbortSignal;
  /** Clock, epoch ms. Default: Date.now. */
  readonly nowMs?: () => number;
  /** Waits until the time has passed or the signal is aborted. Default: a timer. */
  readonly sleep?: (durationMs: number, signal: AbortSignal | undefined) => Promise<void>;
};

export type ProducerResult = {
  readonly startMs: number;
  readonly records: number;
  readonly lines: number;
  readonly bytes: number;
  readonly calls: number;
  /** Entries that were throttled and sent again. */
  readonly retriedEntries: number;
  /** True if the signal ended the load early. `onSent` was not called for the records that were not sent. */
  readonly aborted: boolean;
  /** Lag of each record behind its due time, ms, in the order of sending. */
  readonly lagsMs: Float64Array;
};

/**
 * Sends records in an open loop: each record is due at its own time, however late the others were. When the stream or this
 * process falls behind, calls carry more records and the due times stay, so waiting shows as lag and as latency
 * instead of slowing the load down (coordinated omission).
 *
 * One call is in flight at a time, so sequence numbers rise in the order of sending. A throttled entry is sent again
 * in the next call while its successors on the shard may be stored already: order across a throttle is lost, as it is
 * for every producer on PutRecords. It changes which events are late, never the counts, and both paths judge lateness
 * from the order in the stream.
 * @throws SendError when Kinesis refuses a record, cannot be reached or gives no clear answer; whatever the source throws
 */
export async function sendRecords(options: ProducerOptions): Promise<ProducerResult> {
  const { client, streamName, onSent, signal, nowMs = Date.now, sleep = sleepUnlessAborted } = options;
  await requireSingleAttempt(client);
  const startMs = options.startMs ?? nowMs();
  const source = lookAhead(options.records);
  const lagsMs = createNumberColumn();
  let waiting: LoadRecord[] = [];
  let backoffMs = FIRST_BACKOFF_MS;
  let lines = 0;
  let bytes = 0;
  let calls = 0;
  let retriedEntries = 0;
  let ended = false;

  try {
    while (!signal?.aborted) {
      const batch = await fillBatch(waiting, source, () => nowMs() - startMs);
      if (batch.length === 0) {
        const ahead = await unlessAborted(source.wait(), signal);
        ended = ahead === 'ended';
        if (ended) break;
        if (typeof ahead === 'object') await sleep(startMs + ahead.item.dueMs - nowMs(), signal);
        continue;
      }
      if (signal?.aborted) break;
      const sentMs = nowMs();
      const outcome = await putRecords(client, streamName, batch);
      calls += 1;
      waiting = [];
      for (const [index, record] of batch.entries()) {
        const placement = outcome[index] ?? null;
        if (placement === null) {
          waiting.push(record);
          continue;
        }
        const lagMs = sentMs - startMs - record.dueMs;
        lagsMs.push(lagMs);
        lines += record.events.length;
        bytes += record.data.length;
        onSent(record, { ...placement, sentMs, lagMs });
      }
      retriedEntries += waiting.length;
      if (waiting.length === 0) backoffMs = FIRST_BACKOFF_MS;
      else {
        await sleep(backoffMs, signal);
        backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS);
      }
    }
  } finally {
    source.close();
  }
  return {
    startMs,
    records: lagsMs.length,
    lines,
    bytes,
    calls,
    retriedEntries,
    aborted: !ended,
    lagsMs: lagsMs.toArray(),
  };
}

/** Fills one call within its limits: first the records to send again, then the records that are due. */
async function fillBatch(
  waiting: readonly LoadRecord[],
  source: Lookahead<LoadRecord>,
  elapsedMs: () => number,
): Promise<LoadRecord[]> {
  const batch = [...waiting];
  let bytes = batch.reduce((sum, record) => sum + sizeOf(record), 0);
  while (batch.length < MAX_RECORDS_PER_CALL) {
    const ahead = await source.peek();
    if (ahead === 'ended' || ahead === 'pending') break;
    const { item } = ahead;
    if (item.dueMs > elapsedMs()) break;
    if (batch.length > 0 && bytes + sizeOf(item) > MAX_BYTES_PER_CALL) break;
    batch.push(item);
    bytes += sizeOf(item);
    source.take();
  }
  return batch;
}

/** Size as Kinesis counts it: data and key, bytes. */
function sizeOf(record: LoadRecord): number {
  return record.data.length + Buffer.byteLength(record.partitionKey);
}

/** Returns 'pending' as soon as the signal is aborted, because standard input may never deliver another line. */
async function unlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value | 'pending'> {
  if (signal === undefined) return promise;
  if (signal.aborted) return 'pending';
  let onAbort = () => {};
  const aborted = new Promise<'pending'>((resolve) => {
    onAbort = () => resolve('pending');
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function sleepUnlessAborted(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  // The delay is rounded up, because a timer that fires early would only be set again.
  const delayMs = Math.max(1, Math.ceil(durationMs));
  await timer(delayMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
