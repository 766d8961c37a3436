import { describe, expect, it } from 'vitest';
import { fitCoefficients } from '#model/fit/fit-coefficients.ts';
import type { Sample } from '#model/fit/samples.ts';

function tookMs(cpuMs: number, rows: { rowsFresh: number } | { rowsUpdated: number }): Sample {
  return {
    cold: false,
    events: 100,
    records: 100,
    rowsFresh: 0,
    rowsUpdated: 0,
    cpuMs,
    databaseWaitMs: 0,
    windows: null,
    ...rows,
  };
}

describe('fitCoefficients', () => {
  // Updated rows take 2 ms each, in one long invocation that sets the mean; fresh ones come alone in three short ones, of 60 ms
  // together. Either way the typical coefficients predict the sum that was measured, and stay as they are.
  const fitRows = (samples: Sample[]): unknown =>
    fitCoefficients(samples, ({ cpuMs }) => cpuMs, ['msPerFreshRow', 'msPerUpdatedRow']);
  const fitted = {
    ms: 0,
    msPerEvent: 0,
    msPerRecord: 0,
    msPerFreshRow: expect.closeTo(1, 9),
    msPerUpdatedRow: expect.closeTo(2, 9),
  };

  it('counts errors relative to times from a tenth of the mean on', () => {
    // (12 + 12 + 36 + 300) / 4 = 90 ms, and the least prediction is 10 ms: the mean of 12/10, 12/20 and 36/30 ms a row is 1.
    const samples = [
      tookMs(12, { rowsFresh: 10 }),
      tookMs(12, { rowsFresh: 20 }),
      tookMs(36, { rowsFresh: 30 }),
      tookMs(300, { rowsUpdated: 150 }),
    ];
    expect(fitRows(samples)).toEqual(fitted);
  });

  it('counts errors of smaller times alike, by their milliseconds', () => {
    // (13 + 14 + 33 + 1,540) / 4 = 400 ms, and 30 ms are below 40: (10 × 13 + 20 × 14 + 30 × 33) / (10² + 20² + 30²) = 1;
    // the mean of 13/10, 14/20 and 33/30 would be 1.033.
    const samples = [
      tookMs(13, { rowsFresh: 10 }),
      tookMs(14, { rowsFresh: 20 }),
      tookMs(33, { rowsFresh: 30 }),
      tookMs(1_540, { rowsUpdated: 770 }),
    ];
    expect(fitRows(samples)).toEqual(fitted);
  });
});
