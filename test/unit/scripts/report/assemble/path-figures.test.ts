import { describe, expect, it } from 'vitest';
import { arrivalSpan, pathFigures, sliceLoad, waitsOf, windowsOfArrivals } from '#report/assemble/path-figures.ts';
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

/** A commit of events that arrived at these ms. */
const commit = (committedMs: number, arrivals: [atMs: number, events: number][], rowsWritten = 0, cpuMs = 0) =>
  ledgerRow({
    committedMs,
    rowsWritten,
    cpuMs,
    arrivals: { widthMs: 1, buckets: arrivals.map(([atMs]) => atMs), events: arrivals.map(([, events]) => events) },
  });

describe('sliceLoad', () => {
  const SPAN = { fromMs: 10_000, toMs: 20_000 };

  it('cuts a load into ten parts of equal length, since its start', () => {
    const slices = sliceLoad([], SPAN);
    expect(slices.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual(
      Array.from({ length: 10 }, (_, i) => [i * 1_000, (i + 1) * 1_000]),
    );
    expect(slices[3]).toEqual({
      fromMs: 3_000,
      toMs: 4_000,
      freshnessMs: null,
      events: 0,
      rowsWritten: 0,
      cpuMs: 0,
      invocations: 0,
    });
  });

  it('shares an invocation out by where its events arrived: three of four in one slice, one in the next', () => {
    const slices = sliceLoad(
      [
        commit(
          12_500,
          [
            [11_900, 3],
            [12_100, 1],
          ],
          20,
          8,
        ),
      ],
      SPAN,
    );
    expect(slices[1]).toMatchObject({ events: 3, rowsWritten: 15, cpuMs: 6, invocations: 0.75 });
    expect(slices[2]).toMatchObject({ events: 1, rowsWritten: 5, cpuMs: 2, invocations: 0.25 });
    expect(slices[1]?.freshnessMs).toEqual({ p50: 600, p95: 600, p99: 600, max: 600, mean: 600, count: 3 });
    expect(slices[2]?.freshnessMs).toMatchObject({ mean: 400, count: 1 });
  });

  it('adds up the invocations of a slice', () => {
    const [first] = sliceLoad([commit(10_500, [[10_000, 2]], 4, 1), commit(10_900, [[10_800, 1]], 2, 0.5)], SPAN);
    expect(first).toMatchObject({ events: 3, rowsWritten: 6, cpuMs: 1.5, invocations: 2 });
    // 500 ms twice and 100 ms once.
    expect(first?.freshnessMs).toMatchObject({ p50: 500, max: 500, mean: 366.7 });
  });

  it('leaves out what arrived before and after, the end itself among it', () => {
    const slices = sliceLoad(
      [
        commit(
          21_000,
          [
            [9_999, 1],
            [20_000, 1],
            [19_999, 2],
          ],
          8,
        ),
      ],
      SPAN,
    );
    expect(slices.reduce((sum, { events }) => sum + events, 0)).toBe(2);
    expect(slices[9]).toMatchObject({ events: 2, rowsWritten: 4, invocations: 0.5 });
  });

  it('counts an invocation without events nowhere', () => {
    const slices = sliceLoad([commit(12_000, [], 5, 5), commit(12_000, [[11_000, 0]], 5, 5)], SPAN);
    expect(slices.every(({ invocations, cpuMs }) => invocations === 0 && cpuMs === 0)).toBe(true);
  });
});

describe('arrivalSpan', () => {
  it('reaches from the first arrival to behind the last, over wide buckets too', () => {
    const wide = ledgerRow({ arrivals: { widthMs: 4, buckets: [5, 7], events: [1, 1] } });
    expect(arrivalSpan([commit(0, [[25, 1]]), wide])).toEqual({ fromMs: 20, toMs: 32 });
  });

  it('is null where nothing arrived', () => {
    expect(arrivalSpan([])).toBeNull();
    expect(arrivalSpan([ledgerRow()])).toBeNull();
  });
});

describe('waitsOf', () => {
  it('takes each bucket of arrivals at its middle', () => {
    const row = ledgerRow({ committedMs: 1_000, arrivals: { widthMs: 4, buckets: [100, 200], events: [3, 2] } });
    // 400 to 403 and 800 to 803.
    expect(waitsOf(row)).toEqual([
      { arrivedMs: 401.5, value: 598.5, weight: 3 },
      { arrivedMs: 801.5, value: 198.5, weight: 2 },
    ]);
  });

  it('takes a bucket of one millisecond as it is', () => {
    const row = ledgerRow({ committedMs: 10, arrivals: { widthMs: 1, buckets: [7], events: [1] } });
    expect(waitsOf(row)).toEqual([{ arrivedMs: 7, value: 3, weight: 1 }]);
  });
});
