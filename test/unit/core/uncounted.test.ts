import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '#functions/core/shard.ts';
import { type CountedRange, findFirstUncounted } from '#functions/core/uncounted.ts';
import { NO_WATERMARK } from '#functions/core/window.ts';
import { sequenceNumber } from '#test/support/records.ts';

const records = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ sequenceNumber: sequenceNumber(from + i) }));

/** A batch that read `first` to `last` from a checkpoint at `before`; its watermark is 1,000 × `last`. */
const range = (before: number | null, first: number, last: number): CountedRange => ({
  before: before === null ? null : sequenceNumber(before),
  first: sequenceNumber(first),
  last: sequenceNumber(last),
  watermarkMs: last * 1000,
});

const at = (n: number | null) => ({ sequenceNumber: n === null ? null : sequenceNumber(n), watermarkMs: 0 });

/** Runs as `place first-last watermark`, by the numbers that the sequence numbers were made of. */
function found(of: ReturnType<typeof records>, checkpoint: Checkpoint, ranges: CountedRange[]): string[] {
  const base = BigInt(sequenceNumber(0));
  const texts: string[] = [];
  for (let rest = of; ; ) {
    const run = findFirstUncounted(rest, checkpoint, ranges);
    if (run === null) return texts;
    const [first, last] = [run.records[0], run.records.at(-1)].map(
      (record) => BigInt(record?.sequenceNumber ?? 0) - base,
    );
    texts.push(`${run.place} ${first}-${last} ${run.watermarkMs}`);
    rest = rest.slice(rest.indexOf(run.records.at(-1) as { sequenceNumber: string }) + 1);
  }
}

describe('findFirstUncounted', () => {
  it.each<[string, [number, number], number | null, CountedRange[], string[]]>([
    ['nothing where a batch covers all', [3, 5], 9, [range(null, 1, 9)], []],
    ['nothing where two batches cover all', [3, 6], 6, [range(null, 1, 4), range(4, 5, 6)], []],
    ['a gap whole', [3, 5], 9, [range(null, 1, 2), range(2, 6, 9)], ['behind 3-5 2000']],
    ['the gap in a batch whose edges are counted', [2, 7], 9, [range(null, 1, 3), range(3, 6, 9)], ['behind 4-5 3000']],
    ['a gap before the first batch', [1, 2], 9, [range(null, 3, 9)], [`behind 1-2 ${NO_WATERMARK}`]],
    [
      'two gaps apart, each by what stood before it',
      [1, 9],
      9,
      [range(null, 1, 2), range(2, 5, 6), range(6, 9, 9)],
      ['behind 3-4 2000', 'behind 7-8 6000'],
    ],
    [
      'what is left of a gap that was filled in part',
      [3, 6],
      9,
      [range(null, 1, 2), range(9, 4, 4), range(2, 7, 9)],
      ['behind 3-3 2000', 'behind 5-6 4000'],
    ],
    ['records that no batch has come to', [3, 5], 2, [range(null, 1, 2)], ['ahead 3-5 2000']],
    ['records of a shard that nobody has read', [3, 5], null, [], [`ahead 3-5 ${NO_WATERMARK}`]],
    [
      'a gap, and what lies beyond the checkpoint',
      [2, 9],
      6,
      [range(null, 1, 2), range(2, 5, 6)],
      ['behind 3-4 2000', 'ahead 7-9 6000'],
    ],
  ])('finds %s', (_, [from, to], checkpoint, ranges, runs) => {
    expect(found(records(from, to), at(checkpoint), ranges)).toEqual(runs);
  });

  it('gives a gap that the ledger proves, whatever it has lost of later ones', () => {
    const ranges = [range(null, 1, 2), range(2, 5, 6)];
    expect(findFirstUncounted(records(3, 8), at(9), ranges)?.records).toEqual(records(3, 4));
    expect(() => findFirstUncounted(records(7, 8), at(9), ranges)).toThrow('the ledger has no row');
  });

  it.each<[string, CountedRange[]]>([
    ['all rows', []],
    ['the row that covers the record', [range(null, 1, 2), range(5, 6, 9)]],
    [
      'the row that moved the checkpoint past it, one that filled a gap being left',
      [range(null, 1, 2), range(9, 5, 5)],
    ],
  ])('refuses a record behind the checkpoint where the ledger has lost %s', (_, ranges) => {
    expect(() => findFirstUncounted(records(3, 4), at(9), ranges)).toThrow(
      `Record ${sequenceNumber(3)} lies behind the checkpoint ${sequenceNumber(9)}, but the ledger has no row`,
    );
  });
});
