import { describe, expect, it } from 'vitest';
import { describeExactness } from '#report/compare/exactness.ts';
import type { RepeatReport } from '#report/definition/report.ts';
import { changedReport, EXACT_REPORT, reportWith } from '#test/support/report.ts';

const { repeats, calibration, drains, batchingWindows } = EXACT_REPORT;
const inexact = <T extends object>(value: T): T & { exact: boolean } => ({ ...value, exact: false });

describe('describeExactness', () => {
  it('has nothing to say of an exact report but its events', () => {
    expect(describeExactness(EXACT_REPORT)).toEqual({ exact: true, events: 33_500, failed: [] });
  });

  it('says what each path of the live run lacks', () => {
    const report = reportWith({ exact: false, pathsAgree: false }, { exact: false, missing: 1_003, surplus: 2 });
    expect(describeExactness(report)).toEqual({
      exact: false,
      events: 33_500,
      failed: ['live run (micro-batch 1,003 missing, 2 surplus; scheduled-batch 1,003 missing, 2 surplus)'],
    });
  });

  it('names every other part that is not exact', () => {
    const report = changedReport({
      exact: false,
      repeats: repeats.map((each, i): RepeatReport => (i === 1 ? inexact(each) : each)),
      calibration: calibration === null ? null : inexact(calibration),
      drains: drains.map(inexact),
      batchingWindows: batchingWindows.map(inexact),
    });
    expect(describeExactness(report).failed).toEqual([
      'live run 2',
      'calibration',
      'drain of 1m',
      'drain of 5m',
      'batching window of 10s',
    ]);
  });
});
