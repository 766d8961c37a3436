import { describe, expect, it } from 'vitest';
import { planRun, type RunOptions } from '../../../../scripts/cost/plan-run.ts';

const OPTIONS: RunOptions = {
  window: 5_000,
  bound: 2_000,
  margin: 1_000,
  shards: 2,
  batchSize: undefined,
  batchingWindow: undefined,
  rate: 500,
  duration: 60_000,
  hosts: 200,
  referrers: 50,
  hostSkew: 1,
  referrerSkew: 1,
  nullReferrers: 0.3,
  eventsPerRecord: 1,
  input: undefined,
};

describe('planRun', () => {
  it('sends a generated load for as long as it lasts, with the tail that closes its last window', () => {
    const plan = planRun(OPTIONS, { database: 'aurora' });
    expect(plan.loadSeconds).toBe(67); // 60 + 2 + 5
    expect(plan.seconds).toBe(370); // 67 + 2 + 1 + 300 around it
    expect(plan.workload).toMatchObject({ eventsPerSecond: 500, eventsPerRecord: 1, hosts: 200 });
    expect(plan.deployment).toMatchObject({ windowSeconds: 5, boundSeconds: 2, marginSeconds: 1, shards: 2 });
  });

  it('takes the mapping from the options, then from the stack, then from the defaults', () => {
    const stack = { database: 'aurora', batchSize: 500, batchingWindowSeconds: 10, memoryMb: 512 } as const;
    expect(planRun(OPTIONS, { database: 'aurora' }).deployment).toMatchObject({
      batchSize: 1_000,
      batchingWindowSeconds: 0,
      memoryMb: 1_024,
    });
    expect(planRun(OPTIONS, stack).deployment).toMatchObject({
      batchSize: 500,
      batchingWindowSeconds: 10,
      memoryMb: 512,
    });
    expect(planRun({ ...OPTIONS, batchSize: 7, batchingWindow: 3_000 }, stack).deployment).toMatchObject({
      batchSize: 7,
      batchingWindowSeconds: 3,
    });
  });

  it('replays a log as fast as the shards take it, and says how large it took it to be', () => {
    const plan = planRun({ ...OPTIONS, input: 'access.log' }, { database: 'aurora', inputBytes: 40_000_000 });
    expect(plan.workload.eventsPerSecond).toBe(2_000); // 2 shards × 1,000 records
    expect(plan.loadSeconds).toBe(100); // 200,000 lines of 200 bytes
    expect(plan.assumptions[0]).toBe('40 MB in lines of 200 bytes, replayed as fast as the shards take it');
  });

  it('replays packed records at the bytes that the shards take', () => {
    const packed = { ...OPTIONS, input: 'access.log', eventsPerRecord: 128 };
    const plan = planRun(packed, { database: 'aurora', inputBytes: 40_000_000 });
    expect(plan.workload.eventsPerSecond).toBeCloseTo(2_000_000 / 194, 6); // 2 shards × 1 MB
  });

  it('assumes a size where it cannot know one', () => {
    const plan = planRun({ ...OPTIONS, input: '-' }, { database: 'external' });
    expect(plan.loadSeconds).toBe(500); // 1,000,000 lines
    expect(plan.assumptions[0]).toContain('a log of 200 MB');
    expect(plan.database).toBe('external');
  });
});
