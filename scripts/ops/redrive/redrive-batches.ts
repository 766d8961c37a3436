import type { KinesisRecord } from '#functions/contract.ts';
import { UsageError } from '#text/usage-error.ts';
import { type Applied, applyRecords } from './apply-records.ts';
import { type FailedBatch, inStreamOrder, parseFailedBatch, parsePayload } from './failed-batch.ts';
import { listFailedBatches, readFailureRecord } from './failed-batches.ts';
import { readRange } from './read-range.ts';
import type { RedriveStack } from './redrive-stack.ts';

/** What became of a failed batch, or of a shard's span of time. */
export type RedriveRow = Omit<Applied, 'refused'> & {
  source: string;
  shardId: string;
  /** What could not be counted, and why; null: all is. */
  problem: string | null;
};

export type FoundBatches = {
  /** In the order of the stream. */
  batches: FailedBatch[];
  /** What is no failure record, one line each. */
  unreadable: string[];
  /** How many batches of other streams were left out. */
  ofOtherStreams: number;
};

/**
 * The failed batches of these names; without any, all that the bucket has of the deployed stream. It has those of benchmark
 * runs too, whose tables are gone.
 */
export async function findBatches(stack: RedriveStack, names: readonly string[]): Promise<FoundBatches> {
  const { s3, failedBatches, streamName } = stack;
  const found: FailedBatch[] = [];
  const unreadable: string[] = [];
  for (const name of names.length > 0 ? names : await listFailedBatches(s3, failedBatches)) {
    const text = await readFailureRecord(s3, failedBatches, name);
    try {
      found.push(parseFailedBatch(name, text));
    } catch (error) {
      unreadable.push((error as Error).message);
    }
  }
  const batches = names.length > 0 ? found : found.filter((batch) => batch.streamName === streamName);
  return { batches: inStreamOrder(batches), unreadable, ofOtherStreams: found.length - batches.length };
}

/** @throws UsageError where nothing more could be done: no credentials, no permission, nobody there */
export async function redriveBatch(
  stack: RedriveStack,
  batch: FailedBatch,
  from: 'payload' | 'stream',
): Promise<RedriveRow> {
  return rowOf(batch, async () => {
    if (from === 'payload' && batch.hasPayload) {
      const text = await readFailureRecord(stack.s3, stack.failedBatches, batch.source);
      return applyRecords(stack, parsePayload(batch, text));
    }
    const records = await readRange(stack.kinesis, batch);
    const applied = await applyRecords(stack, records);
    return { ...applied, refused: [whatExpired(batch, records), applied.refused].filter(Boolean).join('; ') || null };
  });
}

/** A row in any case, so that what fails for one batch does not keep the next ones. */
export async function rowOf(
  { source, shardId }: { source: string; shardId: string },
  apply: () => Promise<Applied>,
): Promise<RedriveRow> {
  try {
    const { refused: problem, ...applied } = await apply();
    return { source, shardId, ...applied, problem };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const nothing = { records: 0, counted: 0, alreadyCounted: 0, events: 0, quarantined: 0, dropped: 0 };
    return { source, shardId, ...nothing, problem: (error as Error).message };
  }
}

function whatExpired(batch: FailedBatch, records: readonly KinesisRecord[]): string | null {
  const { start, end, hasPayload } = batch;
  const first = records[0]?.kinesis.sequenceNumber;
  if (first === start) return null;
  const lost = batch.records - records.length;
  const range = first === undefined ? `from ${start} to ${end}` : `from ${start} to before ${first}`;
  const way = hasPayload
    ? 'the payload has them: use --from payload'
    : 'lost, unless a file with them is kept elsewhere';
  return `${lost} of ${batch.records} records, ${range}, have outlived the stream's retention; ${way}`;
}
