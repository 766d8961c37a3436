import { describe, expect, it } from 'vitest';
import { differingDrains, drainedWindows, readDrain, unseenOfDrain } from '#report/compare/drain-readings.ts';
import type { DrainReport } from '#report/definition/report.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';
import { DRAINS } from '#test/support/report-phases.ts';

const MINUTE = 60_000;
const [ofOneMinute, ofFive] = DRAINS as [DrainReport, DrainReport];

describe('readDrain', () => {
  it('reads what took how long, and how fast the micro-batch path caught up', () => {
    expect(readDrain(EXACT_REPORT, 'batch-cold', 5 * MINUTE)).toMatchObject({ value: ofFive.cold?.durationMs });
    expect(readDrain(EXACT_REPORT, 'batch-warm', 5 * MINUTE)).toMatchObject({ value: ofFive.warm.durationMs });
    expect(readDrain(EXACT_REPORT, 'catch-up', MINUTE)).toEqual({ value: 40_000, repeats: [], slices: [] });
  });

  it('says what is missing', () => {
    expect(readDrain(EXACT_REPORT, 'batch-warm', 2 * MINUTE)).toEqual({ missing: 'has no drain of 2m' });
    const report = changedReport({ drains: [{ ...ofOneMinute, cold: null }] });
    expect(readDrain(report, 'batch-cold', MINUTE)).toEqual({
      missing: "has no cold batch of 1m, since its target can't start one",
    });
  });
});

describe('drainedWindows', () => {
  it('lists the windows of both, rising', () => {
    const other = changedReport({ drains: [{ ...ofFive, windowMs: 2 * MINUTE }, ofFive] });
    expect(drainedWindows(EXACT_REPORT, other)).toEqual([MINUTE, 2 * MINUTE, 5 * MINUTE]);
  });
});

describe('differingDrains', () => {
  const withEvents = (events: number) =>
    changedReport({ drains: [{ ...ofOneMinute, load: { ...ofOneMinute.load, events } }] });

  it.each([
    [100_000, 100_000, null],
    [100_000, 95_000, null],
    [100_000, 94_000, 'drained 100,000 and 94,000 events'],
  ])('of %d and %d events: %s', (one, two, said) => {
    expect(differingDrains(withEvents(one), withEvents(two), MINUTE)).toBe(said);
  });
});

describe('unseenOfDrain', () => {
  const lasting = (durationMs: number, eventsPerSecond = 40_000) =>
    changedReport({ drains: [{ ...ofOneMinute, catchUp: { ...ofOneMinute.catchUp, durationMs, eventsPerSecond } }] });

  it('is a second of a batch', () => {
    expect(unseenOfDrain('batch-warm', EXACT_REPORT, EXACT_REPORT, MINUTE, 'up')).toBe(1_000);
    expect(unseenOfDrain('batch-cold', EXACT_REPORT, EXACT_REPORT, MINUTE, 'up')).toBe(1_000);
  });

  it('is what a second makes of the shorter catch-up, in events a second', () => {
    expect(unseenOfDrain('catch-up', lasting(5_000), lasting(2_000), MINUTE, 'up')).toBe(20_000); // 80,000 events in 1 s, not 2
    expect(unseenOfDrain('catch-up', lasting(500), lasting(2_000), MINUTE, 'up')).toBe(80_000);
    expect(unseenOfDrain('catch-up', lasting(1_000), lasting(3_000), MINUTE, 'down')).toBe(20_000); // in 2 s, not 1
    expect(unseenOfDrain('catch-up', lasting(500), changedReport({ drains: [] }), MINUTE, 'up')).toBe(0);
  });
});
