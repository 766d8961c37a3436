import { describe, expect, it } from 'vitest';
import { arrivalSpan, sliceLoad } from '#report/assemble/slice-load.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';

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
