import { describe, expect, it } from 'vitest';
import { acuWhileAwake, planAwake } from '../../../../scripts/model/awake.ts';
import { BOTH, MICRO_BATCH, ONE_KEY, SCHEDULED_BATCH } from './one-key.ts';

const IDLE = { ...ONE_KEY, eventsPerSecond: 0 };
const HOURLY = { ...SCHEDULED_BATCH, windowSeconds: 3_600 };

describe('planAwake', () => {
  it('never lets a database pause that micro-batches come to', () => {
    expect(planAwake(ONE_KEY, MICRO_BATCH, 0)).toEqual({ share: 1, resumeSeconds: 0 });
  });

  it('lets it sleep while nothing invokes the mapping', () => {
    expect(planAwake(IDLE, MICRO_BATCH, 0).share).toBe(0);
  });

  it('lets it sleep between rare micro-batches', () => {
    // 0.001 records/s: 1 − e^−0.001 = 0.0009995 batches/s; 1 − e^(−0.0009995 × (300 + 60))
    const { share } = planAwake({ ...ONE_KEY, eventsPerSecond: 0.001 }, MICRO_BATCH, 0);
    expect(share).toBeCloseTo(0.302198, 6);
  });

  it('wakes it for each batch: resume, run and the pause delay', () => {
    // (15 + 10 + 300) / 3,600
    const { share, resumeSeconds } = planAwake(ONE_KEY, HOURLY, 10);
    expect(share).toBeCloseTo(0.0902778, 7);
    expect(resumeSeconds).toBe(15);
  });

  it('wakes it for each batch although nothing comes', () => {
    expect(planAwake(IDLE, HOURLY, 0.36).share).toBeCloseTo(315.36 / 3_600, 12);
  });

  it('keeps it awake between batches every 5 minutes, which then wait for nothing', () => {
    expect(planAwake(IDLE, SCHEDULED_BATCH, 0.36)).toEqual({ share: 1, resumeSeconds: 0 });
  });

  it('lets batches find it awake where micro-batches come', () => {
    expect(planAwake(ONE_KEY, { ...BOTH, windowSeconds: 3_600 }, 10)).toEqual({ share: 1, resumeSeconds: 0 });
  });

  it('is awake in the hours in which somebody reads', () => {
    // 1 − (1 − 0.0902778) × (1 − 12/24); half of the batches wait
    const { share, resumeSeconds } = planAwake(ONE_KEY, { ...HOURLY, readHoursPerDay: 12 }, 10);
    expect(share).toBeCloseTo(0.5451389, 7);
    expect(resumeSeconds).toBeCloseTo(7.5, 12);
  });

  it('is always awake where it may not pause', () => {
    expect(planAwake(IDLE, { ...HOURLY, regime: 'always-on' }, 10)).toEqual({ share: 1, resumeSeconds: 0 });
    expect(planAwake(IDLE, { ...HOURLY, regime: 'shared' }, 10)).toEqual({ share: 1, resumeSeconds: 0 });
  });
});

describe('acuWhileAwake', () => {
  it('is the least for a light load', () => {
    expect(acuWhileAwake(14, 1, 0.5)).toBe(0.5);
  });

  it('grows with what the rows ask for, four a core', () => {
    expect(acuWhileAwake(250, 1, 0.5)).toBe(1); // a quarter of a core
    expect(acuWhileAwake(250, 0.25, 0.5)).toBe(4); // the same work in a quarter of the time
  });

  it('is the least where it never wakes', () => {
    expect(acuWhileAwake(0, 0, 0.5)).toBe(0.5);
  });
});
