import { describe, expect, it } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import { exactnessStatus } from '#report/sections/exactness.ts';
import { changedReport, EXACT_REPORT, reportWith } from '#test/support/report.ts';

const KILL = { atMs: 0, functionName: 'micro', busy: true };
/** The live run alone. */
const ALONE = { repeats: EXACT_REPORT.repeats.slice(0, 1), calibration: null, drains: [], batchingWindows: [] };
const alone = (...[run, paths, report]: Parameters<typeof reportWith>) =>
  reportWith(run, paths, { ...ALONE, ...report });

const say = (report: Report): string => {
  const { head, text, details } = exactnessStatus(report);
  return [`${head}: ${text}`, ...details.map((line) => `  ${line}`)].join('\n');
};

describe('exactnessStatus', () => {
  it.each<[string, Report]>([
    ['EXACT: both paths counted all of 33,500 events in 15 windows.', alone({})],
    [
      'EXACT: both paths counted all of 33,500 events in 15 windows, 12 malformed lines quarantined.',
      alone({ sentMalformed: 12 }, { quarantined: 12 }),
    ],
    [
      'EXACT: both paths counted all of 33,500 events in 15 windows, 5 execution environments killed meanwhile.',
      alone({}, {}, { faults: Array.from({ length: 5 }, () => KILL) }),
    ],
    [
      'EXACT: both paths counted 2,297 of 33,500 events in 15 windows and dropped the other 31,203 as late.',
      alone({}, { counted: 2_297, late: 31_203, dropped: 31_203 }),
    ],
    [
      'EXACT: both paths counted 2 of 3 events in 1 window and dropped the other 1 as late, 1 malformed line quarantined, ' +
        '1 execution environment killed meanwhile.',
      alone(
        { sentEvents: 3, sentMalformed: 1 },
        { counted: 2, dropped: 1, quarantined: 1 },
        { load: { ...EXACT_REPORT.load, windows: 1 }, faults: [KILL] },
      ),
    ],
    [
      'EXACT: both paths counted all of 33,500 events in 15 windows; as exact: 2 more runs, the calibration, 2 drains, 1 batching window.',
      EXACT_REPORT,
    ],
  ])('says: %s', (line, report) => {
    expect(say(report)).toBe(line);
  });

  it('never claims that all was counted where events were dropped as late', () => {
    expect(say(alone({}, { counted: 33_499, dropped: 1 }))).not.toContain('all of');
  });

  it('says first that the live run is not exact, then what each path lacks, with rows that differ', () => {
    const { correctness } = alone({ exact: false, pathsAgree: false });
    const microBatch = {
      ...correctness.microBatch,
      exact: false,
      missing: 3,
      unexplained: 1_003,
      examples: [{ key: '[0,"a",null]', sent: 5, counted: '2' }],
    };
    const report = changedReport({ ...ALONE, exact: false, correctness: { ...correctness, microBatch } });
    expect(say(report).split('\n')).toEqual([
      'NOT EXACT: live run.',
      '  live run:',
      '    33,500 events in 15 windows were sent',
      '    The tables of the two paths differ from each other.',
      '    micro-batch: 3 missing, 0 surplus, 1,003 lines unexplained',
      '      [0,"a",null]: sent 5, counted 2',
    ]);
  });

  it('says in its first line that final windows have changed', () => {
    const report = alone({ exact: false }, { exact: false, late: 0, afterFinal: 2_996 });
    expect(say(report).split('\n')[0]).toBe(
      'NOT EXACT: live run. Final windows of the micro-batch path changed by 2,996 events. ' +
        'Final windows of the scheduled-batch path changed by 2,996 events.',
    );
  });

  it('shows five rows that differ of each path, and the kills', () => {
    const examples = Array.from({ length: 10 }, (_, i) => ({ key: `[0,"${i}"]`, sent: 0, counted: '1' }));
    const text = say(alone({ exact: false }, { exact: false, surplus: 10, examples }, { faults: [KILL] }));
    expect(text).toContain('33,500 events in 15 windows were sent, 1 execution environment killed meanwhile\n');
    expect(text.match(/: sent 0, counted 1$/gm)).toHaveLength(10);
    expect(text).toContain('    scheduled-batch: 0 missing, 10 surplus, 0 lines unexplained');
  });

  it('names every phase that was not exact, though the live run was', () => {
    const wrong = { ...EXACT_REPORT.correctness.microBatch, exact: false, missing: 7 };
    const [first, second, third] = EXACT_REPORT.repeats;
    const [minute, five] = EXACT_REPORT.drains;
    const [window] = EXACT_REPORT.batchingWindows;
    const { calibration } = EXACT_REPORT;
    if (!first || !second || !third || !minute || !five || !window || !calibration)
      throw new Error('Not in the fixture');
    const report = changedReport({
      exact: false,
      repeats: [first, { ...second, exact: false }, third],
      calibration: { ...calibration, exact: false, correctness: { ...calibration.correctness, microBatch: wrong } },
      drains: [minute, { ...five, exact: false, coldCorrectness: wrong }],
      batchingWindows: [{ ...window, exact: false, correctness: wrong }],
    });
    expect(say(report).split('\n')).toEqual([
      'NOT EXACT: live run 2 of 3, calibration, drain of 5 minutes, batching window of 10 seconds.',
      '  calibration:',
      '    micro-batch: 7 missing, 0 surplus, 0 lines unexplained',
      '  drain of 5 minutes:',
      '    first batch: 7 missing, 0 surplus, 0 lines unexplained',
      '  batching window of 10 seconds:',
      '    micro-batch: 7 missing, 0 surplus, 0 lines unexplained',
    ]);
  });

  it('says in the same line that it is partial as well', () => {
    const report = alone({ exact: false }, {}, { complete: false, experiment: 'replay' });
    expect(say(report).split('\n')[0]).toBe('NOT EXACT, and PARTIAL: replay.');
  });
});
