import { describe, expect, it } from 'vitest';
import { askResults, readCounts, readLedger } from '#bench/targets/results.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';
import { scriptedTarget } from '#test/support/scripted-target.ts';

type Page = { rows: object[]; more: boolean };

/** A results function that gives these pages; and what it was asked, without the run and the path. */
function pagesOf(...pages: Page[]) {
  const asked: unknown[] = [];
  const target = scriptedTarget({
    invoke(functionName, { run, path, ...request }: Record<string, unknown>) {
      expect([functionName, run, path]).toEqual(['results', 'run1', 'scheduledBatch']);
      asked.push(request);
      return pages[asked.length - 1];
    },
  });
  return { target, asked };
}

async function drawAll<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const drawn: Row[] = [];
  for await (const row of rows) drawn.push(row);
  return drawn;
}

const count = (host: string) => ({ windowStartMs: 5_000, host, hits: '9007199254740993' });
const [A, B, C] = [count('a'), count('b'), count('c')];

describe('askResults', () => {
  it('asks the results function for the action, with its request', async () => {
    const target = scriptedTarget({ invoke: (functionName, request) => ({ functionName, request }) });
    expect(await askResults(target, 'drop', { run: 'run1' })).toEqual({
      functionName: 'results',
      request: { action: 'drop', run: 'run1' },
    });
  });
});

describe('readCounts', () => {
  it('goes from the last row of a page on to the next, until there is no more', async () => {
    const { target, asked } = pagesOf({ rows: [A, B], more: true }, { rows: [C], more: false });
    expect(await drawAll(readCounts(target, 'run1', 'scheduledBatch', 'byHost'))).toEqual([A, B, C]);
    expect(asked).toEqual([
      { action: 'counts', aggregation: 'byHost', after: null },
      { action: 'counts', aggregation: 'byHost', after: B },
    ]);
  });

  it('reads an empty table', async () => {
    const { target, asked } = pagesOf({ rows: [], more: false });
    expect(await drawAll(readCounts(target, 'run1', 'scheduledBatch', 'byHost'))).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('asks for no page that nobody wants', async () => {
    const { target, asked } = pagesOf({ rows: [A], more: true });
    for await (const row of readCounts(target, 'run1', 'scheduledBatch', 'byHost')) {
      expect(row).toEqual(A);
      break;
    }
    expect(asked).toHaveLength(1);
  });
});

describe('readCounts of the second table', () => {
  it('goes on behind a null referrer, which is part of the key', async () => {
    const [last, next] = [
      { ...A, referrer: null },
      { ...B, referrer: '' },
    ];
    const { target, asked } = pagesOf({ rows: [last], more: true }, { rows: [next], more: false });
    expect(await drawAll(readCounts(target, 'run1', 'scheduledBatch', 'bySource'))).toEqual([last, next]);
    expect(asked).toEqual([
      { action: 'counts', aggregation: 'bySource', after: null },
      { action: 'counts', aggregation: 'bySource', after: last },
    ]);
  });
});

describe('readLedger', () => {
  it("goes on behind the last row's id, which is text", async () => {
    const rows = ['1', '9007199254740993', '9007199254740995'].map((id) => ledgerRow({ id }));
    const { target, asked } = pagesOf({ rows: rows.slice(0, 2), more: true }, { rows: rows.slice(2), more: false });
    expect(await readLedger(target, 'run1', 'scheduledBatch')).toEqual(rows);
    expect(asked).toEqual([
      { action: 'ledger', afterId: '0' },
      { action: 'ledger', afterId: '9007199254740993' },
    ]);
  });

  it('reads a ledger without rows', async () => {
    const { target } = pagesOf({ rows: [], more: false });
    expect(await readLedger(target, 'run1', 'scheduledBatch')).toEqual([]);
  });
});
