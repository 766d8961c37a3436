import { describe, expect, it } from 'vitest';
import { pathFigures, windowsOfArrivals } from '#report/assemble/path-figures.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';
import { batchingWindowOf, idlePath, pathOf } from '#test/support/report-measured.ts';

const { coverage } = batchingWindowOf();

describe('pathFigures', () => {
  it('tells what a path did', () => {
    expect(pathFigures(pathOf(), coverage, { startsMs: [0, 5_000], windowMs: 5_000 })).toEqual({
      freshnessMs: { p50: 1_000, p95: 1_000, p99: 1_000, max: 1_000, mean: 1_000, count: 4 },
      endToEndMs: { p50: 3_000, p95: 3_000, p99: 3_000, max: 3_000, mean: 3_000, count: 4 },
      // The commit at 10 s proves the window that ended at 5 s, and not the one that ended at 10 s.
      finalityMs: { p50: 5_000, p95: 5_000, p99: 5_000, max: 5_000, mean: 5_000, count: 1 },
      events: 4,
      invocations: 3,
      rowsWritten: 6,
      rowsFinal: 4,
      cpuMs: 1.5,
      billedDurationMs: 33,
    });
  });

  it('has no finality where no window was open while events came', () => {
    expect(pathFigures(pathOf(), coverage, null).finalityMs).toBeNull();
  });

  it('has no distributions of a path that did nothing', () => {
    const nothing = { ...coverage, endToEnd: [] };
    expect(pathFigures(idlePath(), nothing, { startsMs: [], windowMs: 5_000 })).toMatchObject({
      freshnessMs: null,
      endToEndMs: null,
      finalityMs: null,
      events: 0,
      cpuMs: 0,
      billedDurationMs: 0,
    });
  });
});

describe('windowsOfArrivals', () => {
  it('has each window once that something arrived in', () => {
    const arrived = (...buckets: number[]) =>
      ledgerRow({ arrivals: { widthMs: 1, buckets, events: buckets.map(() => 1) } });
    expect(windowsOfArrivals([arrived(5_001, 9_999), arrived(9_000, 15_000)], 5_000)).toEqual({
      startsMs: [5_000, 15_000],
      windowMs: 5_000,
    });
  });
});
