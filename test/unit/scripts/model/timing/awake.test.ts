import { describe, expect, it } from 'vitest';
import { type Deployment, runsMicroBatch, runsScheduledBatch } from '#model/deployment.ts';
import { STANDARD } from '#model/parameters.ts';
import { ALWAYS, type Awake, acuWhileAwake, planAwake } from '#model/timing/awake.ts';
import { planMicroBatch } from '#model/timing/micro-batch.ts';
import { planSchedule } from '#model/timing/schedule.ts';
import type { Workload } from '#model/workload/workload.ts';
import { BOTH, inputsOf, MICRO_BATCH, ONE_KEY, SCHEDULED_BATCH } from './one-key.ts';

const IDLE = { ...ONE_KEY, eventsPerSecond: 0 };
const HOURLY = { ...SCHEDULED_BATCH, windowSeconds: 3_600 };

/** @param batchSeconds how long a batch run takes, where one runs */
function awakeOf(workload: Workload, deployment: Deployment, batchSeconds: number): Awake {
  const inputs = inputsOf(workload, deployment);
  const microBatch = runsMicroBatch(deployment) ? planMicroBatch(inputs) : null;
  return planAwake(inputs, planSchedule(deployment), microBatch, runsScheduledBatch(deployment) ? batchSeconds : null);
}

describe('planAwake', () => {
  it('never lets a database pause that micro-batches come to', () => {
    const { share, microBatchResumeSeconds } = awakeOf(ONE_KEY, MICRO_BATCH, 0);
    expect(share).toBe(1);
    expect(microBatchResumeSeconds).toBeCloseTo(0, 12);
  });

  it('lets it sleep while nothing invokes the mapping', () => {
    expect(awakeOf(IDLE, MICRO_BATCH, 0).share).toBe(0);
  });

  it('lets it sleep between rare micro-batches, which then wait', () => {
    // 0.001 records/s: 1 − e^−0.001 = 0.0009995 batches/s; 1 − e^(−0.0009995 × (300 + 60))
    const { share, microBatchResumeSeconds } = awakeOf({ ...ONE_KEY, eventsPerSecond: 0.001 }, MICRO_BATCH, 0);
    expect(share).toBeCloseTo(0.302198, 6);
    expect(microBatchResumeSeconds).toBeCloseTo(15 * 0.697802, 5);
  });

  it('does not sleep within a batching window, nor for a minute after the five', () => {
    const waiting = { ...MICRO_BATCH, batchingWindowSeconds: 300 };
    expect(awakeOf(ONE_KEY, waiting, 0).share).toBeCloseTo(1, 12);
    // 0.01 records/s: 300 s, then 1 / (1 − e^−0.01) = 100.5008 s in the mean until a poll brings the next record; asleep
    // e^(−60/100.5008) of the times, (300 + 45.1796) / 400.5008
    const rare = awakeOf({ ...ONE_KEY, eventsPerSecond: 0.01 }, waiting, 0);
    expect(rare.share).toBeCloseTo(0.86187, 6);
    expect(rare.microBatchResumeSeconds).toBeCloseTo(15 * 0.550455, 4);
  });

  it('is kept awake by every shard', () => {
    const rare = { ...ONE_KEY, eventsPerSecond: 0.002 };
    const one = awakeOf({ ...ONE_KEY, eventsPerSecond: 0.001 }, MICRO_BATCH, 0).share;
    expect(awakeOf(rare, { ...MICRO_BATCH, shards: 2 }, 0).share).toBeCloseTo(1 - (1 - one) ** 2, 12);
  });

  it('wakes it for each batch: resume, run and the pause delay', () => {
    // (15 + 10 + 300) / 3,600
    const { share, resumeSeconds } = awakeOf(ONE_KEY, HOURLY, 10);
    expect(share).toBeCloseTo(0.0902778, 7);
    expect(resumeSeconds).toBe(15);
  });

  it('wakes it for each batch although nothing comes', () => {
    expect(awakeOf(IDLE, HOURLY, 0.36).share).toBeCloseTo(315.36 / 3_600, 12);
  });

  it('wakes it as often as the batch runs, whatever the window', () => {
    const rarely = { ...SCHEDULED_BATCH, batchIntervalSeconds: 3_600 };
    expect(awakeOf(ONE_KEY, rarely, 10).share).toBeCloseTo(325 / 3_600, 12);
  });

  it('keeps it awake between batches every 5 minutes, which then wait for nothing', () => {
    expect(awakeOf(IDLE, SCHEDULED_BATCH, 0.36)).toEqual(ALWAYS);
  });

  it('lets batches find it awake where micro-batches come', () => {
    expect(awakeOf(ONE_KEY, { ...BOTH, windowSeconds: 3_600 }, 10)).toMatchObject({
      share: 1,
      resumeSeconds: 0,
    });
  });

  it('lets rare micro-batches find it awake where a batch has woken it', () => {
    // 69.7802 % come more than 360 s after the one before; in 325 of 3,600 s the batch keeps it awake for them
    const rare = { ...ONE_KEY, eventsPerSecond: 0.001 };
    const { microBatchResumeSeconds } = awakeOf(rare, { ...BOTH, windowSeconds: 3_600 }, 10);
    expect(microBatchResumeSeconds).toBeCloseTo(15 * 0.697802 * (3_275 / 3_600), 4);
  });

  it('is awake in the hours in which somebody reads', () => {
    // 1 − (1 − 0.0902778) × (1 − 12/24); half of the batches wait
    const { share, resumeSeconds } = awakeOf(ONE_KEY, { ...HOURLY, readHoursPerDay: 12 }, 10);
    expect(share).toBeCloseTo(0.5451389, 7);
    expect(resumeSeconds).toBeCloseTo(7.5, 12);
  });

  it('is always awake where it may not pause', () => {
    expect(awakeOf(IDLE, { ...HOURLY, regime: 'always-on' }, 10)).toEqual(ALWAYS);
    expect(awakeOf(IDLE, { ...HOURLY, regime: 'shared' }, 10)).toEqual(ALWAYS);
  });
});

describe('acuWhileAwake', () => {
  it('is the least for a light load', () => {
    expect(acuWhileAwake(STANDARD, 14, 1, 0.5)).toBe(0.5);
  });

  it('grows with what the rows ask for, four a core', () => {
    expect(acuWhileAwake(STANDARD, 250, 1, 0.5)).toBe(1); // a quarter of a core
    expect(acuWhileAwake(STANDARD, 250, 0.25, 0.5)).toBe(4); // the same work in a quarter of the time
  });

  it('is as many times more as its factor says', () => {
    expect(acuWhileAwake({ ...STANDARD, acuAwakeFactor: 2 }, 250, 1, 0.5)).toBe(2);
  });

  it('is the least where it never wakes', () => {
    expect(acuWhileAwake(STANDARD, 0, 0, 0.5)).toBe(0.5);
  });
});
