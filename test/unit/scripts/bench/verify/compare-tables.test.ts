import { describe, expect, it } from 'vitest';
import type { LoadEvent } from '#bench/load/line.ts';
import { createOracle } from '#bench/load/oracle.ts';
import { comparePath, compareTable, sentTables } from '#bench/verify/compare-tables.ts';
import type { PathComparison } from '#bench/verify/correctness.ts';
import type { CountRow } from '#functions/contract.ts';
import { scriptedTarget } from '#test/support/scripted-target.ts';

type Tables = { counts: CountRow[]; bySource?: CountRow<'bySource'>[] };

/** Both tables of a path against what was sent, in windows of 5 s. */
function compare(
  sent: readonly LoadEvent[],
  { counts, bySource = [] }: Tables,
  signal = new AbortController().signal,
): Promise<PathComparison> {
  const oracle = createOracle(5_000);
  for (const event of sent) oracle.add(event);
  const target = scriptedTarget({
    invoke: (_, { aggregation }: { aggregation: string }) => ({
      rows: aggregation === 'byHost' ? counts : bySource,
      more: false,
    }),
  });
  return comparePath(target, 'run1', 'microBatch', { tables: sentTables(oracle), signal });
}

const event = (host: string, eventTimeMs = 7_000, referrer: string | null = null) => ({ eventTimeMs, host, referrer });
const row = (host: string, hits: number | string, windowStartMs = 5_000) => ({ windowStartMs, host, hits: `${hits}` });

describe('comparePath', () => {
  it('ends on the signal, with its reason', async () => {
    const comparing = compare([event('a')], { counts: [row('a', 1)] }, AbortSignal.abort('interrupted'));
    await expect(comparing).rejects.toBe('interrupted');
  });

  it('finds no difference where every row is as it was sent', async () => {
    const { byHost, bySource } = await compare([event('a'), event('a'), event('b', 10_000)], {
      counts: [row('a', 2), row('b', 1, 10_000)],
      bySource: [
        { ...row('a', 2), referrer: null },
        { ...row('b', 1, 10_000), referrer: null },
      ],
    });
    expect(byHost).toMatchObject({ missing: 0, surplus: 0, rows: 2, examples: [] });
    expect(bySource).toMatchObject({ missing: 0, surplus: 0, rows: 2, examples: [] });
  });

  it('sums what is missing and what is too many apart, so that they cannot make up for each other', async () => {
    const { byHost } = await compare([event('a'), event('a'), event('a'), event('b'), event('c')], {
      counts: [row('a', 1), row('b', 3), row('d', 4)],
    });
    expect(byHost).toMatchObject({
      missing: 3, // 2 of a, 1 of c
      surplus: 6, // 2 of b, 4 of d
      rows: 3,
      examples: [
        { key: '[5000,"a"]', sent: 3, counted: '1' },
        { key: '[5000,"b"]', sent: 1, counted: '3' },
        { key: '[5000,"d"]', sent: 0, counted: '4' },
        { key: '[5000,"c"]', sent: 1, counted: '0' },
      ],
    });
  });

  it('tells the same host in two windows apart', async () => {
    const { byHost } = await compare([event('a', 7_000), event('a', 10_000)], { counts: [row('a', 2)] });
    expect(byHost).toMatchObject({ missing: 1, surplus: 1 });
  });

  it('tells a null referrer from an empty one and from the text "null"', async () => {
    const sent = [event('a', 7_000, null), event('a', 7_000, ''), event('a', 7_000, 'null')];
    const source = (referrer: string | null, hits: number) => ({ ...row('a', hits), referrer });
    const equal = await compare(sent, { counts: [], bySource: [source('', 1), source('null', 1), source(null, 1)] });
    const merged = await compare(sent, { counts: [], bySource: [source('', 1), source(null, 2)] });
    expect(equal.bySource).toMatchObject({ missing: 0, surplus: 0 });
    expect(merged.bySource).toMatchObject({ missing: 1, surplus: 1 });
  });

  it.each(['__proto__', 'constructor', '', 'a"],["b', 'a\nb\tc', '\\', 'ü 😀', '5000'])(
    'finds the row of the host %j',
    async (host) => {
      const { byHost } = await compare([event(host), event('other')], { counts: [row(host, 1), row('other', 1)] });
      expect(byHost).toMatchObject({ missing: 0, surplus: 0, rows: 2 });
    },
  );

  it('keeps no more than ten examples, and sums all', async () => {
    const hosts = Array.from({ length: 25 }, (_, i) => `h${i}`);
    const { byHost } = await compare(
      hosts.map((host) => event(host)),
      { counts: [] },
    );
    expect(byHost.missing).toBe(25);
    expect(byHost.examples).toHaveLength(10);
  });

  it('refuses a table with two rows of one key', async () => {
    const comparing = compare([event('a'), event('a')], { counts: [row('a', 1), row('a', 1)] });
    await expect(comparing).rejects.toThrow('The table has two rows of [5000,"a"]: its key is broken');
  });
});

async function compareHits(hits: string, sent: number) {
  async function* rows() {
    yield row('a', hits);
  }
  return await compareTable(rows(), new Map([['a', sent]]), ({ host }) => host);
}

describe('compareTable', () => {
  it('tells hits beyond 2^53 apart by one', async () => {
    expect(await compareHits('9007199254740993', 2 ** 53)).toMatchObject({ missing: 0, surplus: 1 });
    expect(await compareHits('9007199254740991', 2 ** 53)).toMatchObject({ missing: 1, surplus: 0 });
    expect(await compareHits('9007199254740992', 2 ** 53)).toMatchObject({ missing: 0, surplus: 0 });
  });
});
