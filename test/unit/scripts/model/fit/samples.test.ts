import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '#functions/contract.ts';
import { samplesOf, samplesOfDrain } from '#model/fit/samples.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';

const TIMING = { windowMs: 5_000, spreadMs: 2_000 };

function isInOneWindow(given: Partial<LedgerRow>, timing: typeof TIMING | null = TIMING): boolean {
  const [sample] = samplesOf([ledgerRow({ events: 10, ...given })], timing);
  if (sample?.windows) expect(sample.windows).toEqual([10]);
  return sample?.windows !== null;
}

/** Ten events that arrived from one time to another. */
function arrivals(fromMs: number, toMs: number, widthMs = 1): LedgerRow['arrivals'] {
  const [first, last] = [Math.floor(fromMs / widthMs), Math.floor(toMs / widthMs)];
  return { widthMs, buckets: first === last ? [first] : [first, last], events: first === last ? [10] : [5, 5] };
}

describe('samplesOf', () => {
  it('takes from a ledger row what an invocation counted, wrote and took', () => {
    const row = ledgerRow({
      cold: true,
      records: 3,
      events: 40,
      rowsWritten: 25,
      rowsFresh: 20,
      cpuMs: 1.5,
      databaseWaitMs: 7,
    });
    expect(samplesOf([row], null)).toEqual([
      {
        cold: true,
        records: 3,
        events: 40,
        rowsFresh: 20,
        rowsUpdated: 5,
        cpuMs: 1.5,
        databaseWaitMs: 7,
        windows: null,
      },
    ]);
  });

  it.each<[outcome: boolean, when: string, row: Partial<LedgerRow>]>([
    [
      true,
      'the earliest event time that is possible lies in the window of the last arrival',
      { arrivals: arrivals(12_000, 14_999) },
    ],
    [false, 'an event may lie in the window before', { arrivals: arrivals(11_999, 14_999) }],
    [false, 'the last arrived in the next window', { arrivals: arrivals(12_000, 15_000) }],
    [false, 'the bucket of the last reaches into the next window', { arrivals: arrivals(12_000, 14_999, 1_024) }],
    [true, 'the window lies before 1970', { arrivals: arrivals(-8_000, -5_001) }],
    [false, 'some came late, for windows long over', { arrivals: arrivals(12_000, 13_000), late: 1 }],
    [false, 'it counted no event', { arrivals: arrivals(12_000, 13_000), events: 0 }],
    [false, 'it holds no arrivals', {}],
  ])('tells that all events lie in one window: %s, where %s', (outcome, _, row) => {
    expect(isInOneWindow(row)).toBe(outcome);
  });

  it('tells nothing of windows where event times do not follow arrivals', () => {
    expect(isInOneWindow({ arrivals: arrivals(12_000, 13_000) }, null)).toBe(false);
  });
});

describe('samplesOfDrain', () => {
  const WINDOW = { windowMs: 60_000, lagMs: 15_000, events: 1_000 };
  const windowsOf = (given: Partial<LedgerRow>, timing = WINDOW) =>
    samplesOfDrain([ledgerRow({ events: 1_000, ...given })], timing)[0]?.windows;

  it('knows how a batch over all of it reaches into the next window', () => {
    expect(windowsOf({})).toEqual([750, 250]);
    expect(windowsOf({}, { ...WINDOW, lagMs: 90_000 })).toEqual([0, 1_000]);
  });

  it.each([
    ['a part of it', { events: 999 }],
    ['events for windows long over', { late: 1 }],
  ])('knows nothing of one that counted %s', (_, row) => {
    expect(windowsOf(row)).toBeNull();
  });
});
