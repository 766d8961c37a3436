import { describe, expect, it } from 'vitest';
import { type Difference, judge, type PathEvidence } from '#bench/verify/correctness.ts';
import type { Coverage } from '#bench/verify/coverage.ts';
import { BOTH_PATHS, type Totals } from '#functions/contract.ts';

const SENT = { lines: 103, events: 100, malformed: 3 };

type Given = {
  totals?: Partial<Totals>;
  byHost?: { missing?: number; surplus?: number; digest?: string; examples?: Difference[] };
  bySource?: { missing?: number; surplus?: number; digest?: string };
  coverage?: Partial<Coverage>;
};

/** A path that counted everything, but for what the test says. */
function evidence({ totals, byHost, bySource, coverage }: Given = {}): PathEvidence {
  const table = { missing: 0, surplus: 0, rows: 10, examples: [] };
  const none = { lines: 0, events: 0 };
  const counted = { hits: { byHost: 100, bySource: 100 }, events: 100 };
  const noted = { quarantined: 3, late: 5, dropped: 0, afterFinal: 1, rowsFinal: 20, rowsWritten: 50 };
  return {
    totals: { ...counted, ...noted, windows: 2, openWindows: 0, watermarkMs: null, ...totals },
    comparison: { byHost: { ...table, digest: 'h', ...byHost }, bySource: { ...table, digest: 's', ...bySource } },
    coverage: { endToEnd: [], discarded: none, expired: none, unread: none, ...coverage },
  };
}

/** Both tables short by n hits. */
const short = (n: number) => ({ byHost: { missing: n }, bySource: { missing: n } });

const hits = (n: number) => ({ hits: { byHost: n, bySource: n }, events: n });

describe('judge', () => {
  it('finds both paths exact where every line is accounted for, with every term', () => {
    const path = {
      exact: true,
      counted: 100,
      missing: 0,
      surplus: 0,
      quarantined: 3,
      late: 5,
      dropped: 0,
      afterFinal: 1,
      discarded: 0,
      expired: 0,
      unread: 0,
      unexplained: 0,
      examples: [],
    };
    expect(judge(SENT, 'count', { microBatch: evidence(), scheduledBatch: evidence() })).toEqual({
      exact: true,
      sentLines: 103,
      sentEvents: 100,
      sentMalformed: 3,
      pathsAgree: true,
      microBatch: path,
      scheduledBatch: path,
    });
  });

  // Each case trips one guard and no other, so that none of them can go unnoticed.
  it.each<[string, Given, lines: number, shown: object, policy?: 'drop']>([
    ['a hit is missing by host', { byHost: { missing: 1 } }, 103, { missing: 1 }],
    ['a hit is missing by source', { bySource: { missing: 1 } }, 103, { missing: 1 }],
    ['a hit too many by host', { byHost: { surplus: 1 } }, 103, { surplus: 1 }],
    ['a hit too many by source', { bySource: { surplus: 1 } }, 103, { surplus: 1 }],
    ['a line that no term explains', {}, 104, { unexplained: 1 }],
    ['terms that explain more than was sent', {}, 102, { unexplained: -1 }],
    ['a discarded line', { coverage: { discarded: { lines: 1, events: 0 } } }, 104, { discarded: 1 }],
    ['an expired line', { coverage: { expired: { lines: 1, events: 0 } } }, 104, { expired: 1 }],
    ['a good line in quarantine', { totals: { ...hits(99), quarantined: 4 } }, 103, { quarantined: 4 }],
    ['a malformed line that was counted', { totals: { ...hits(101), quarantined: 2 } }, 103, { quarantined: 2 }],
    ['a second table with another sum', { totals: { hits: { byHost: 100, bySource: 99 } } }, 103, { counted: 100 }],
    ['a ledger with another sum', { totals: { events: 101 } }, 103, { counted: 100 }],
    [
      'more dropped than is missing',
      { totals: { ...hits(99), late: 1, dropped: 1, afterFinal: 0 } },
      103,
      { missing: -1 },
      'drop',
    ],
    ['an event dropped though late ones are counted', { totals: { ...hits(99), dropped: 1 }, ...short(1) }, 103, {}],
    ['a final window changed by an event that was not late', { totals: { late: 0 } }, 103, { afterFinal: 1 }],
    [
      'a late event counted though they are dropped',
      { totals: { late: 1, afterFinal: 0 } },
      103,
      { dropped: 0 },
      'drop',
    ],
    ['a final window changed though late events are dropped', { totals: { late: 0 } }, 103, { afterFinal: 1 }, 'drop'],
    [
      'an event dropped that was not late',
      { totals: { ...hits(98), late: 1, dropped: 2, afterFinal: 0 }, ...short(2) },
      103,
      {},
      'drop',
    ],
  ])('finds a path with %s not exact', (_name, given, lines, shown, policy: 'count' | 'drop' = 'count') => {
    const sent = { ...SENT, lines };
    const verdict = judge(sent, policy, { microBatch: evidence(given), scheduledBatch: evidence(given) });
    expect(verdict).toMatchObject({
      exact: false,
      pathsAgree: true,
      microBatch: { exact: false, ...shown },
      scheduledBatch: { exact: false, ...shown },
    });
  });

  it.each(BOTH_PATHS)('finds a run not exact where only the path %s is not', (path) => {
    const good = { microBatch: evidence(), scheduledBatch: evidence() };
    const verdict = judge(SENT, 'count', { ...good, [path]: evidence({ totals: { events: 99 } }) });
    expect(verdict.exact).toBe(false);
    expect(BOTH_PATHS.filter((each) => !verdict[each].exact)).toEqual([path]);
  });

  it.each(['byHost', 'bySource'] as const)('finds paths that differ in the table %s not exact', (table) => {
    const dropped = {
      totals: { ...hits(90), late: 10, dropped: 10, afterFinal: 0 },
      byHost: { missing: 10 },
      bySource: { missing: 10 },
    };
    const other = { ...dropped, [table]: { missing: 10, digest: 'other' } };
    expect(judge(SENT, 'drop', { microBatch: evidence(dropped), scheduledBatch: evidence(other) })).toMatchObject({
      exact: false,
      pathsAgree: false,
      microBatch: { exact: true },
      scheduledBatch: { exact: true },
    });
  });

  it('finds paths that found a different number of events late not exact, though their tables are equal', () => {
    const microBatch = evidence({ totals: hits(100) });
    const scheduledBatch = evidence({ totals: { ...hits(100), late: 6 } });
    expect(judge(SENT, 'count', { microBatch, scheduledBatch })).toMatchObject({
      exact: false,
      pathsAgree: false,
      microBatch: { exact: true },
      scheduledBatch: { exact: true },
    });
  });

  it('closes the sum with what was dropped as late, and shows no row that is short by design', () => {
    const examples = [{ key: '[0,"a"]', sent: 20, counted: '10' }];
    const path = evidence({
      totals: { ...hits(90), late: 10, dropped: 10, afterFinal: 0 },
      byHost: { missing: 10, examples },
      bySource: { missing: 10 },
    });
    expect(judge(SENT, 'drop', { microBatch: path, scheduledBatch: path })).toMatchObject({
      exact: true,
      microBatch: { exact: true, counted: 90, missing: 0, dropped: 10, unexplained: 0, examples: [] },
    });
  });

  it('shows the rows again where more is missing than was dropped', () => {
    const examples = [{ key: '[0,"a"]', sent: 20, counted: '9' }];
    const path = evidence({
      totals: { ...hits(89), late: 10, dropped: 10, afterFinal: 0 },
      byHost: { missing: 11, examples },
      bySource: { missing: 11 },
    });
    expect(judge(SENT, 'drop', { microBatch: path, scheduledBatch: path }).microBatch).toMatchObject({
      exact: false,
      missing: 1,
      unexplained: 1,
      examples,
    });
  });

  it('counts discarded and expired events as accounted for, though the run is not exact', () => {
    const path = evidence({
      totals: hits(93),
      byHost: { missing: 7 },
      bySource: { missing: 7 },
      coverage: { discarded: { lines: 5, events: 4 }, expired: { lines: 3, events: 3 } },
    });
    const { microBatch } = judge({ ...SENT, lines: 104, malformed: 4 }, 'count', {
      microBatch: path,
      scheduledBatch: path,
    });
    expect(microBatch).toMatchObject({ exact: false, missing: 0, discarded: 5, expired: 3, unexplained: 0 });
  });

  it('keeps ten examples of both tables together', () => {
    const examples = Array.from({ length: 10 }, (_, i) => ({ key: `[0,"${i}"]`, sent: 1, counted: '0' }));
    const path = evidence({ byHost: { missing: 10, examples } });
    path.comparison.bySource.examples = examples;
    expect(judge(SENT, 'count', { microBatch: path, scheduledBatch: path }).microBatch.examples).toEqual(examples);
  });
});
