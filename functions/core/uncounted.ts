import { type Checkpoint, isCounted } from './shard.ts';

/**
 * A ledger row's entry for one shard: the checkpoint before the batch, and the range of counted records without a gap.
 */
export type CountedRange = {
  /** The checkpoint; null if the shard had not been read. It is at or beyond `last` if the row filled a gap. */
  before: string | null;
  first: string;
  last: string;
  /** The shard's watermark after `last`, epoch ms. */
  watermarkMs: number;
};

/** Consecutive records of the stream that lie in no counted range. */
export type UncountedRun<Record> = {
  /**
   * `behind`: in a gap below the checkpoint that later batches left. `ahead`: above the checkpoint, not read by any
   * batch.
   */
  place: 'behind' | 'ahead';
  records: Record[];
  /** The shard's watermark before the first of them, epoch ms. */
  watermarkMs: number;
};

/**
 * Finds the first run of records that no ledger row covers; null if every record is covered.
 *
 * @param records records of one shard in the order of the stream, with none missing between the first and the last
 * @param ranges the ranges that overlap the records, the one before them, and all after them up to the next one that
 *   moved the checkpoint, in the order of the stream
 * @throws Error if ledger rows are missing, because nothing then tells whether the records were counted
 */
export function findFirstUncounted<Record extends { sequenceNumber: string }>(
  records: readonly Record[],
  checkpoint: Checkpoint,
  ranges: readonly CountedRange[],
): UncountedRun<Record> | null {
  const edges = ranges.map((range) => ({ range, first: BigInt(range.first), last: BigInt(range.last) }));
  let found: { run: UncountedRun<Record>; next: number } | null = null;
  let next = 0; // index of the first range that doesn't end before the record
  for (const record of records) {
    const at = BigInt(record.sequenceNumber);
    while (next < edges.length && (edges[next] as { last: bigint }).last < at) next++;
    const following = edges[next];
    const covered = following !== undefined && following.first <= at;
    if (found !== null) {
      if (covered || next !== found.next) return found.run;
      found.run.records.push(record);
      continue;
    }
    if (covered) continue;
    const behind = isCounted(record.sequenceNumber, checkpoint);
    if (behind && !isLeftOut(at, ranges.slice(next))) throw missingRows(record.sequenceNumber, checkpoint);
    const watermarkMs = ranges[next - 1]?.watermarkMs ?? Number.NEGATIVE_INFINITY;
    found = { run: { place: behind ? 'behind' : 'ahead', records: [record], watermarkMs }, next };
  }
  return found?.run ?? null;
}

/** Whether a batch skipped the record: the next one to move the checkpoint began before the record and read from after it. */
function isLeftOut(sequenceNumber: bigint, following: readonly CountedRange[]): boolean {
  const mover = following.find(({ before, first }) => before === null || BigInt(before) < BigInt(first));
  return mover !== undefined && (mover.before === null || BigInt(mover.before) < sequenceNumber);
}

function missingRows(sequenceNumber: string, checkpoint: Checkpoint): Error {
  return new Error(
    `Record ${sequenceNumber} lies behind the checkpoint ${checkpoint.sequenceNumber}, but the ledger has no row that ` +
      'tells whether it was counted: expected every row since; restore the deleted ones, or count into new tables',
  );
}
