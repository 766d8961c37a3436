import { describe, expect, it } from 'vitest';
import { comparePath } from '#bench/verify/compare-tables.ts';
import type { CountRow } from '#functions/contract.ts';
import { scriptedTarget } from '#test/support/scripted-target.ts';

/** The digest of the second table with these rows, in pages of `pageRows`, whatever was sent. */
async function digestOf(rows: readonly CountRow<'bySource'>[], pageRows = 100): Promise<string> {
  let at = 0;
  const target = scriptedTarget({
    invoke(_, { aggregation }: { aggregation: string }) {
      if (aggregation === 'byHost') return { rows: [], more: false };
      const page = rows.slice(at, at + pageRows);
      at += pageRows;
      return { rows: page, more: at < rows.length };
    },
  });
  const tables = { byHost: new Map(), bySource: new Map() };
  const { signal } = new AbortController();
  return (await comparePath(target, 'run1', 'microBatch', { tables, signal })).bySource.digest;
}

const A: CountRow<'bySource'> = { windowStartMs: 0, host: 'a', referrer: 'r', hits: '1' };
const B: CountRow<'bySource'> = { windowStartMs: 0, host: 'b', referrer: null, hits: '12' };

describe('the digest of a table', () => {
  it('is equal where the rows are, however they come in pages', async () => {
    expect(await digestOf([A, B])).toBe(await digestOf([{ ...A }, { ...B }], 1));
    expect(await digestOf([A, B])).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[difference: string, left: CountRow<'bySource'>[], right: CountRow<'bySource'>[]]>([
    ['a row', [A, B], [A]],
    ['the order', [A, B], [B, A]],
    ['hits', [A], [{ ...A, hits: '2' }]],
    ['hits beyond 2^53', [{ ...A, hits: '9007199254740993' }], [{ ...A, hits: '9007199254740992' }]],
    ['the window', [A], [{ ...A, windowStartMs: 5_000 }]],
    ['the host', [A], [{ ...A, host: 'A' }]],
    ['a null and an empty referrer', [{ ...A, referrer: null }], [{ ...A, referrer: '' }]],
    ['a null referrer and the text', [{ ...A, referrer: null }], [{ ...A, referrer: 'null' }]],
    ['where the host ends', [{ ...A, host: 'a', referrer: 'br' }], [{ ...A, host: 'ab', referrer: 'r' }]],
    ['a host that looks like a row', [A, B], [{ ...A, referrer: 'r"]\t1\n[0,"b",null', hits: '12' }]],
    ['composed and decomposed letters', [{ ...A, host: 'é' }], [{ ...A, host: 'e\u0301' }]],
  ])('differs with %s', async (_difference, left, right) => {
    expect(await digestOf(left)).not.toBe(await digestOf(right));
  });
});
