import { describe, expect, it } from 'vitest';
import type { Deployment } from '#model/deployment.ts';
import type { Delays } from '#model/timing/delay.ts';
import type { Workload } from '#model/workload/workload.ts';
import { MICRO_BATCH, ONE_KEY, planOf, SCHEDULED_BATCH } from './one-key.ts';

const IDLE: Workload = { ...ONE_KEY, eventsPerSecond: 0 };

const micro = (change: Partial<Deployment> = {}, workload: Workload = ONE_KEY): Delays =>
  planOf(workload, { ...MICRO_BATCH, ...change }).delays;
const batch = (change: Partial<Deployment> = {}, workload: Workload = ONE_KEY): Delays =>
  planOf(workload, { ...SCHEDULED_BATCH, ...change }).delays;

describe('delays of micro-batches', () => {
  // An invocation takes 5.5721445 ms, and 0.0135 ms × 2/300 for the window's end that one of 300 crosses.
  const takes = 0.0055722345;

  it('waits half a poll and the invocation', () => {
    expect(micro().freshnessSeconds).toBeCloseTo(0.5 + takes, 8);
  });

  it('is final after the bound, the next record, half a poll and the invocation', () => {
    expect(micro().finalitySeconds).toBeCloseTo(15 + 0.01 + 0.5 + takes, 8);
  });

  it('waits half a poll and half the batching window, and what opens it for all of that', () => {
    // 100 records of the poll that opens it, (0.5 + 60) s each, and 6,000 that follow, 30 s each: 186,050 / 6,100; then the invocation.
    const { freshnessSeconds } = micro({ batchingWindowSeconds: 60, batchSize: 10_000 });
    expect(freshnessSeconds).toBeGreaterThan(30.5);
    expect(freshnessSeconds).toBeLessThan(30.5 + 0.1);
    const rare = micro({ batchingWindowSeconds: 60 }, { ...ONE_KEY, eventsPerSecond: 0.001 });
    // 1.0005 open it, 0.06 follow: (1.0005 × 60.5 + 0.06 × 30) / 1.0605 = 58.774
    expect(rare.freshnessSeconds).toBeGreaterThan(58.77);
  });

  it('waits less where a batch fills earlier', () => {
    // 1,000 records fill in 10 s
    expect(micro({ batchingWindowSeconds: 60, batchSize: 1_000 }).freshnessSeconds).toBeCloseTo(5.05, 1);
    // but the mapping polls once a second
    expect(micro({ batchingWindowSeconds: 60, batchSize: 10 }).freshnessSeconds).toBeCloseTo(0.505, 2);
  });

  it('waits for the slowest of several shards', () => {
    // 25 records/s each: 0.04 s × (1 + 1/2 + 1/3 + 1/4); the last of four even waits of a second ends after 4/5 of it
    const { finalitySeconds, freshnessSeconds } = micro({ shards: 4 });
    expect(finalitySeconds).toBeCloseTo(15 + 0.08333 + 0.8 + 0.005, 2);
    expect(freshnessSeconds).toBeCloseTo(0.505, 2);
  });

  it('passes over a shard that has been idle for a minute', () => {
    // A record in 1,000 s: 1,000 × (1 − e^−0.06) = 58.2355 s
    const rare = micro({}, { ...ONE_KEY, eventsPerSecond: 0.001 });
    expect(rare.finalitySeconds).toBeGreaterThan(15 + 58.2 + 0.5);
    expect(rare.finalitySeconds).toBeLessThan(15 + 58.3 + 0.5 + 15);
  });

  it('waits for a database that paused since the last batch', () => {
    const rare = { ...ONE_KEY, eventsPerSecond: 0.001 };
    // Asleep e^(−0.0009995 × 360) = 69.78 % of the time: 15 s × 0.6978
    const resumes = micro({}, rare).freshnessSeconds - micro({ regime: 'always-on' }, rare).freshnessSeconds;
    expect(resumes).toBeCloseTo(15 * 0.697802, 4);
  });

  it('has nothing to wait for while nothing comes, and is final once all shards are idle', () => {
    expect(micro({}, IDLE)).toEqual({ freshnessSeconds: 0, finalitySeconds: 75 });
  });
});

describe('delays of the scheduled batch', () => {
  // INIT 0.5 s; a run of 3.064072 s. The scheduler fires 30 s into its minute in the mean, 43 s after the cut-off at least.
  const run = 3.064072;

  it('waits half an interval, for the tick behind the cut-off, and for the run', () => {
    expect(batch().freshnessSeconds).toBeCloseTo(150 + 43 + 30 + 0.5 + run, 9);
  });

  it('is final with the run: a minute and the scheduler’s delay after the window’s end, however small the bound', () => {
    expect(batch().finalitySeconds).toBeCloseTo(60 + 30 + 0.5 + run, 9);
    expect(batch({ boundSeconds: 1 }).finalitySeconds).toBeCloseTo(60 + 30 + 0.5 + run, 9);
    expect(batch({ boundSeconds: 60 }).finalitySeconds).toBeCloseTo(120 + 30 + 0.5 + run, 9);
  });

  it('waits for a database that pauses between runs', () => {
    // 36 s of reading, 64.072 ms; 15 s of resume
    expect(batch({ windowSeconds: 3_600 }).freshnessSeconds).toBeCloseTo(1_800 + 43 + 30 + 0.5 + 15 + 36.064072, 6);
    const awake = batch({ windowSeconds: 3_600, regime: 'always-on' });
    expect(awake.freshnessSeconds).toBeCloseTo(1_800 + 43 + 30 + 0.5 + 36.064072, 6);
  });

  it('is called when a window is due where there is no scheduler', () => {
    const called = batch({ tickSeconds: 0 });
    expect(called.freshnessSeconds).toBeCloseTo(150 + 0.5 + run, 9);
    expect(called.finalitySeconds).toBeCloseTo(17 + 0.5 + run, 9);
  });

  it('is final an interval later where no event came within the margin', () => {
    // One event in 2 s: e^−1 of the margins of 2 s are empty
    const quiet = batch({ regime: 'always-on' }, { ...ONE_KEY, eventsPerSecond: 0.5 });
    const usual = batch(
      { regime: 'always-on', marginSeconds: 3_600, boundSeconds: 0 },
      { ...ONE_KEY, eventsPerSecond: 0.5 },
    );
    expect(quiet.finalitySeconds).toBeGreaterThan(60 + 30 + 0.5 + 300 * 0.367879);
    expect(quiet.finalitySeconds).toBeLessThan(60 + 30 + 1.5 + 300 * 0.367879);
    expect(usual.finalitySeconds).toBeLessThan(3_600 + 30 + 1.5);
    // Without a margin no event beyond the end + bound is ever read with its window.
    expect(batch({ marginSeconds: 0 }).finalitySeconds).toBeCloseTo(60 + 30 + 0.5 + run + 300, 6);
  });

  it('is final some intervals later where the next ones are often empty too', () => {
    // One event in 1,000 s: e^−0.002 = 0.998002 of the margins are empty, and 1 − e^−0.3 = 0.2591818 of the intervals bring one:
    // 0.998002 × 300 / 0.2591818 s. A run of one part is in both delays: (60 + missed) − (150 + 43) stay.
    const rare = batch({ regime: 'always-on' }, { ...ONE_KEY, eventsPerSecond: 0.001 });
    expect(rare.finalitySeconds - rare.freshnessSeconds).toBeCloseTo(60 + 1_155.176 - 193, 2);
  });

  it('counts a run’s parts one after the other', () => {
    // Two parts of 432.064 s with a second between: half of the events after the first, half after both
    const daily = batch(
      { windowSeconds: 86_400, regime: 'always-on', memoryMb: 1_024 },
      { ...ONE_KEY, eventBytes: 250 },
    );
    const bytes = 86_400 * 100 * 250;
    const part = bytes / 2 / 2_000_000 + 0.0640585;
    expect(daily.finalitySeconds).toBeCloseTo(60 + 30 + 0.5 + 2 * part + 1, 4);
    expect(daily.freshnessSeconds).toBeCloseTo(43_200 + 43 + 30 + 0.5 + (part + (2 * part + 1)) / 2, 4);
  });

  it.each([0, 0.0001, 1, 1e6])('is finite at %d events/s', (eventsPerSecond) => {
    for (const windowSeconds of [60, 90, 86_400]) {
      for (const shards of [1, 1_000]) {
        const figures = [
          ...Object.values(batch({ windowSeconds, shards }, { ...ONE_KEY, eventsPerSecond })),
          ...Object.values(micro({ windowSeconds, shards }, { ...ONE_KEY, eventsPerSecond })),
        ];
        expect(figures.every((seconds) => Number.isFinite(seconds) && seconds >= 0)).toBe(true);
      }
    }
  });
});
