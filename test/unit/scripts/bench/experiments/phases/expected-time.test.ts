import { describe, expect, it } from 'vitest';
import { expectedSeconds, type TimingOptions, timeLeftMs } from '#bench/experiments/phases/expected-time.ts';
import type { Phase } from '#bench/experiments/phases/plan-phases.ts';

const MINUTE = 60_000;

const OPTIONS: TimingOptions = {
  target: 'embedded',
  input: undefined,
  repeat: 1,
  calibrate: true,
  windows: [],
  batchingWindows: [],
  rate: 500,
  duration: MINUTE,
  maxEvents: 2_000_000,
  window: 5_000,
  bound: 2_000,
  margin: 1_000,
  shards: 2,
};

const LIVE: Phase = { kind: 'live', repeat: 1, of: 1 };
const drainOf = (windowMs: number): Phase => ({ kind: 'drain', windowMs });

/** Of a phase that is expected to take so long. */
function secondsOf(phase: Phase, options: Partial<TimingOptions> = {}): number {
  return expectedSeconds(phase, { ...OPTIONS, ...options }) ?? Number.NaN;
}

describe('expectedSeconds', () => {
  it('is the load, its tail and what is around it for a live run', () => {
    const around = secondsOf(LIVE, { duration: 0, window: 0, bound: 0, margin: 0 });
    expect(secondsOf(LIVE)).toBeCloseTo(around + 68, 9); // 60 + 5 + 2 + 1
    expect(secondsOf(LIVE, { target: 'aws' })).toBeGreaterThan(secondsOf(LIVE)); // streams and mappings take minutes
  });

  it('gives a calibration longer where its batches are called over a network', () => {
    const calibration: Phase = { kind: 'calibration' };
    const ownSeconds = (target: TimingOptions['target']): number =>
      secondsOf(calibration, { target }) - secondsOf(LIVE, { target, duration: 0, window: 0, bound: 0, margin: 0 });
    expect(ownSeconds('embedded')).toBe(28);
    expect(ownSeconds('aws')).toBe(120); // 28 batches of 2 s, 36,000 records at 1,000/s: 92; and a mapping resized
  });

  it('grows with the events of a drain, and is shorter with more shards to read from', () => {
    const around = secondsOf(drainOf(0));
    const five = secondsOf(drainOf(5 * MINUTE)) - around;
    expect(secondsOf(drainOf(10 * MINUTE)) - around).toBeCloseTo(2 * five, 9);
    expect(secondsOf(drainOf(5 * MINUTE), { rate: 1_000 }) - around).toBeCloseTo(2 * five, 9);
    // 150,000 events of 194 bytes, three times, at 4 MB/s and at 8 MB/s
    expect(five - (secondsOf(drainOf(5 * MINUTE), { shards: 4 }) - around)).toBeCloseTo(87.3 / 8, 9);
  });

  it('gives a batching window the load that it gets with its tail, and one more to wait for the last batch', () => {
    const batching = (seconds: number): Phase => ({ kind: 'batching window', batchingWindowMs: seconds * 1_000 });
    const around = secondsOf(drainOf(0));
    expect(secondsOf(batching(10)) - around).toBeCloseTo(77, 9); // 60 s are more than 3 × 10 s; and 10 + 5 + 2
    expect(secondsOf(batching(100)) - around).toBeCloseTo(407, 9);
  });

  it('is not known of a log', () => {
    expect(expectedSeconds({ kind: 'replay', repeat: 1, of: 1 }, OPTIONS)).toBeNull();
  });
});

describe('timeLeftMs', () => {
  it('is what is left of the phase and all of those after it', () => {
    expect(timeLeftMs([60, 20, 10], 0, 0)).toBe(90_000);
    expect(timeLeftMs([60, 20, 10], 1, 15_000)).toBe(15_000);
    expect(timeLeftMs([60, 20, 10], 2, 10_000)).toBe(0);
  });

  it('takes nothing from the later phases where one takes longer than expected', () => {
    expect(timeLeftMs([60, 20, 10], 0, 100_000)).toBe(30_000);
  });

  it('is unknown until the last phase of unknown length is over', () => {
    expect(timeLeftMs([null, 20], 0, 5_000)).toBeNull();
    expect(timeLeftMs([10, null, 20], 0, 5_000)).toBeNull();
    expect(timeLeftMs([null, 20], 1, 5_000)).toBe(15_000);
  });
});
