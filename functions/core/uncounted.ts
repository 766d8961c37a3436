import { type Checkpoint, isCounted } from './shard.ts';

/** What one ledger row says of a shard: where the checkpoint stood, and the records that were counted, without a gap. */
export type CountedRange = {
  /** Null: the shard had not been read. At or behind `last` where the row filled a gap. */
  before: string | null;
  first: string;
  last: string;
  /** The shard's watermark behind `last`, epoch ms. */
  watermarkMs: number;
};

/** Records that follow each other in the stream and lie in no counted range. */
export type UncountedRun<Record> = {
  /** `behind` the checkpoint, in a gap that later batches left; or `ahead` of it, where no batch has come. */
  place: 'behind' | 'ahead';
  records: Record[];
  /** The watermark that stood before the first of them. */
  watermarkMs: number;
};

/**
 * Finds the first records that no ledger row covers; null where each is covered.
 *
 * @param records of one shard, in the order of the stream, none left out between the first and the last
 * @param ranges those that share a record with them, the one before, and all up to the next one that moved the checkpoint;
 *   in the order of their records
 * @throws Error where rows are missing, so that nobody can tell whether they were counted
 */
export function findFirstUncounted<Record extends { sequenceNumber: string }>(
  records: readonly Record[],
  checkpoint: Checkpoint,
  ranges: readonly CountedRange[],
): UncountedRun<Record> | null {
  const edges = ranges.map((range) => ({ range, first: BigInt(range.first), last: BigInt(range.last) }));
  let found: { run: UncountedRun<Record>; next: number } | null = null;
  let next = 0; // the first range that doesn't end before the record
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

/** Whether the next batch that moved the checkpoint moved it past the record: it started before, and read from behind. */
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
