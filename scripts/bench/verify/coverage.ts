import type { LedgerRow } from '#functions/contract.ts';
import type { Weighted } from '#model/statistics/percentiles.ts';
import type { Receipts } from '../load/receipts.ts';

/** Outcome of the records that were sent, by the counted ranges in the ledger. */
export type Coverage = {
  /** Times from intended sending to commit, ms, weighted by events. */
  endToEnd: Weighted[];
  /** Lines in records that no ledger row covers, though the checkpoint has passed them: given up by the mapping. */
  discarded: Uncovered;
  /** Lines of such records that were older than the stream's retention. */
  expired: Uncovered;
  /** Lines behind the checkpoint, which were not read. */
  unread: Uncovered;
};

export type Uncovered = { lines: number; events: number };

type Range = { first: bigint; last: bigint; committedMs: number };

export function coverageOf(receipts: Receipts, ledger: readonly LedgerRow[], retentionMs: number): Coverage {
  const endToEnd: Weighted[] = [];
  const discarded = { lines: 0, events: 0 };
  const expired = { lines: 0, events: 0 };
  const unread = { lines: 0, events: 0 };
  for (const shardId of receipts.lastSequenceNumbers().keys()) {
    const ranges = rangesOf(ledger, shardId);
    let at = 0;
    for (const { sequenceNumber, lines, events, intendedMs, sentMs } of receipts.ofShard(shardId)) {
      while (at < ranges.length && (ranges[at] as Range).last < sequenceNumber) at++;
      const range = ranges[at];
      if (range === undefined) add(unread, lines, events);
      else if (sequenceNumber >= range.first) endToEnd.push({ value: range.committedMs - intendedMs, weight: events });
      else add(range.committedMs - sentMs >= retentionMs ? expired : discarded, lines, events);
    }
  }
  return { endToEnd, discarded, expired, unread };
}

/** The ranges of sequence numbers that were counted on a shard, in their order; they can't overlap. */
function rangesOf(ledger: readonly LedgerRow[], shardId: string): Range[] {
  return ledger
    .flatMap(({ shards, committedMs }) =>
      shards.flatMap(({ shardId: id, first, last }) =>
        id === shardId && first !== null && last !== null
          ? [{ first: BigInt(first), last: BigInt(last), committedMs }]
          : [],
      ),
    )
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
}

function add(sum: Uncovered, lines: number, events: number): void {
  sum.lines += lines;
  sum.events += events;
}
