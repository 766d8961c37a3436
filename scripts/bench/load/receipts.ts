import { createNumberColumn, type NumberColumn } from './number-column.ts';

/** One record that Kinesis has taken. */
export type Receipt = {
  readonly sequenceNumber: bigint;
  readonly lines: number;
  /** Lines that must be counted; the others must end in quarantine. */
  readonly events: number;
  /** Intended send time of the record's first line, epoch ms. */
  readonly intendedMs: number;
  /** Time of the call that sent the record, epoch ms. */
  readonly sentMs: number;
};

/** Sums over the records that were sent. */
export type Sent = { readonly records: number; readonly lines: number; readonly events: number };

/** The records that Kinesis has taken, by shard, in the order of their sequence numbers. */
export type Receipts = {
  readonly add: (shardId: string, receipt: Receipt) => void;
  /** Sums over the shard's records up to and including a sequence number; null: before the first record. */
  readonly sentUpTo: (shardId: string, sequenceNumber: bigint | null) => Sent;
  /** The greatest sequence number of every shard with records. A path that has reached all of them has drained. */
  readonly lastSequenceNumbers: () => Map<string, bigint>;
  /** The shard's receipts in the order of their sequence numbers. */
  readonly ofShard: (shardId: string) => Generator<Receipt>;
  readonly totals: () => Sent;
};

/** Columns side by side: an object per record would double the load's memory. */
type ShardLog = {
  readonly sequenceNumbers: bigint[];
  /** Lines up to and including each receipt; its own lines are the difference to the entry before. */
  readonly linesUpTo: NumberColumn;
  readonly eventsUpTo: NumberColumn;
  readonly intendedMs: NumberColumn;
  readonly sentMs: NumberColumn;
};

/** Creates empty receipts. */
export function createReceipts(): Receipts {
  const logs = new Map<string, ShardLog>();
  let records = 0;
  let lines = 0;
  let events = 0;

  function add(shardId: string, receipt: Receipt): void {
    let log = logs.get(shardId);
    if (log === undefined) {
      log = createShardLog();
      logs.set(shardId, log);
    }
    insertReceipt(log, receipt);
    records += 1;
    lines += receipt.lines;
    events += receipt.events;
  }

  function sentUpTo(shardId: string, sequenceNumber: bigint | null): Sent {
    const log = logs.get(shardId);
    if (log === undefined || sequenceNumber === null) return { records: 0, lines: 0, events: 0 };
    const count = countUpTo(log.sequenceNumbers, sequenceNumber);
    if (count === 0) return { records: 0, lines: 0, events: 0 };
    return { records: count, lines: log.linesUpTo.at(count - 1), events: log.eventsUpTo.at(count - 1) };
  }

  function* ofShard(shardId: string): Generator<Receipt> {
    const log = logs.get(shardId);
    if (log === undefined) return;
    for (const [index, sequenceNumber] of log.sequenceNumbers.entries()) {
      yield {
        sequenceNumber,
        lines: log.linesUpTo.at(index) - sumBefore(log.linesUpTo, index),
        events: log.eventsUpTo.at(index) - sumBefore(log.eventsUpTo, index),
        intendedMs: log.intendedMs.at(index),
        sentMs: log.sentMs.at(index),
      };
    }
  }

  function lastSequenceNumbers(): Map<string, bigint> {
    const last = new Map<string, bigint>();
    for (const [shardId, log] of logs) last.set(shardId, log.sequenceNumbers.at(-1) ?? 0n);
    return last;
  }

  return { add, sentUpTo, lastSequenceNumbers, ofShard, totals: () => ({ records, lines, events }) };
}

function createShardLog(): ShardLog {
  return {
    sequenceNumbers: [],
    linesUpTo: createNumberColumn(),
    eventsUpTo: createNumberColumn(),
    intendedMs: createNumberColumn(),
    sentMs: createNumberColumn(),
  };
}

/** Appends a receipt, or puts it back in its place: one PutRecords call promises no order. */
function insertReceipt(log: ShardLog, receipt: Receipt): void {
  const { sequenceNumber } = receipt;
  const last = log.sequenceNumbers.at(-1);
  const isInOrder = last === undefined || last < sequenceNumber;
  const index = isInOrder ? log.sequenceNumbers.length : countUpTo(log.sequenceNumbers, sequenceNumber);
  log.sequenceNumbers.splice(index, 0, sequenceNumber);
  insertIntoSums(log.linesUpTo, index, receipt.lines);
  insertIntoSums(log.eventsUpTo, index, receipt.events);
  log.intendedMs.insert(index, receipt.intendedMs);
  log.sentMs.insert(index, receipt.sentMs);
}

function insertIntoSums(sums: NumberColumn, index: number, value: number): void {
  sums.insert(index, sumBefore(sums, index) + value);
  sums.addFrom(index + 1, value);
}

function sumBefore(sums: NumberColumn, index: number): number {
  return index === 0 ? 0 : sums.at(index - 1);
}

/** Counts the ascending sequence numbers that are at most `limit`. */
function countUpTo(sequenceNumbers: readonly bigint[], limit: bigint): number {
  let low = 0;
  let high = sequenceNumbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sequenceNumbers[middle] ?? limit) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
