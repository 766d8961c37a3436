import { describe, expect, it } from 'vitest';
import type { Deployment } from '#model/deployment.ts';
import type { Limit } from '#model/limits/limit.ts';
import { STANDARD } from '#model/parameters.ts';
import type { Workload } from '#model/workload/workload.ts';
import { MICRO_BATCH, NO_KEY_TWICE, ONE_KEY, planOf, SCHEDULED_BATCH } from '../timing/one-key.ts';

const load = (eventsPerSecond: number, change: Partial<Workload> = {}): Workload => ({
  ...ONE_KEY,
  eventsPerSecond,
  ...change,
});
const ofMicro = (workload: Workload, change: Partial<Deployment> = {}): Limit[] =>
  planOf(workload, { ...MICRO_BATCH, ...change }).findLimits();
const ofBatch = (workload: Workload, change: Partial<Deployment> = {}): Limit[] =>
  planOf(workload, { ...SCHEDULED_BATCH, ...change }).findLimits();

function find(limits: readonly Limit[], id: Limit['id']): Limit | undefined {
  return limits.find((limit) => limit.id === id);
}

describe('limits of micro-batches alone', () => {
  it('names nothing where nothing binds', () => {
    expect(ofMicro(load(100))).toEqual([]);
    expect(ofMicro(load(0))).toEqual([]);
  });

  it('names shards that fill, and refuses what they cannot take', () => {
    expect(find(ofMicro(load(700)), 'shards')).toEqual({
      id: 'shards',
      text: '1 shard is filled to 70 % of 1 MB/s or 1,000 records/s each',
      use: 0.7,
      possible: true,
    });
    expect(find(ofMicro(load(2_200), { shards: 2 }), 'shards')).toMatchObject({ use: 1.1, possible: false });
  });

  it('names a shard whose invocations take all of its time', () => {
    // 100 events/s of new keys, each 2 rows of 3 ms: 600 ms of a second
    const slow = { ...STANDARD, databaseMsPerFreshRow: 3, databaseMsPerUpdatedRow: 3 };
    const plan = planOf(load(100, { keys: NO_KEY_TWICE }), { ...MICRO_BATCH, acuAwake: 256 }, slow);
    const [limit] = plan.findLimits();
    expect(limit?.id).toBe('time');
    expect(limit?.use).toBeCloseTo(0.6055, 3);
    const stuck = planOf(load(100, { keys: NO_KEY_TWICE }), MICRO_BATCH, {
      ...slow,
      databaseMsPerFreshRow: 6,
    }).findLimits();
    expect(find(stuck, 'time')).toMatchObject({ possible: false });
    expect(find(stuck, 'time')?.text).not.toContain('whole core');
  });

  it('names the whole core that CPU is short of', () => {
    // 100 events, 9 ms each: 900 ms of a second's CPU, × 1,769 / 1,024 = 1,555 ms, and the database's 4
    const busy = { ...STANDARD, microBatchCpuMsPerEvent: 9 };
    expect(find(planOf(load(100), MICRO_BATCH, busy).findLimits(), 'time')?.text).toMatch(
      /^a shard's invocations, one at a time, take 1,5\d\d ms every 1 s, most of it CPU; with a whole core \(1,769 MB\), 90\d ms$/,
    );
    const whole = planOf(
      load(100),
      { ...MICRO_BATCH, memoryMb: 1_769 },
      { ...busy, microBatchCpuMsPerEvent: 11 },
    ).findLimits();
    expect(find(whole, 'time')).toMatchObject({ possible: false });
    expect(find(whole, 'time')?.text).not.toContain('whole core');
  });

  it('names connections and concurrency, one of each a shard', () => {
    const wide = ofMicro(load(500_000), { shards: 1_500 });
    expect(find(wide, 'connections')).toMatchObject({
      text: '1,500 connections, one a shard, of 2,000',
      possible: true,
    });
    expect(find(wide, 'concurrency')).toMatchObject({ use: 1.5, possible: true });
    expect(find(ofMicro(load(500_000), { shards: 2_001 }), 'connections')).toMatchObject({ possible: false });
    expect(find(ofMicro(load(500_000), { shards: 2_001, regime: 'shared' }), 'connections')).toBeUndefined();
  });

  it('names the ACU that its rows ask for beyond those awake', () => {
    // 20,000 rows/s × 0.0135 ms = 0.27 of a core, 1.08 ACU
    const busy = load(10_000, { keys: NO_KEY_TWICE });
    expect(find(ofMicro(busy, { shards: 20 }), 'acu')?.text).toContain('ask for 1.08 ACU');
    expect(find(ofMicro(busy, { shards: 20, acuAwake: 2 }), 'acu')).toBeUndefined();
    expect(find(ofMicro(busy, { shards: 20, regime: 'shared' }), 'acu')).toBeUndefined();
  });
});

describe('limits of the scheduled batch alone', () => {
  it('names nothing where nothing binds', () => {
    expect(ofBatch(load(100))).toEqual([]);
    expect(ofBatch(load(0))).toEqual([]);
  });

  it('names reading that takes most of the interval', () => {
    // 0.2 KB × 5,500/s × 300 s = 330 MB at 2 MB/s: 165 s
    const limits = ofBatch(load(5_500), { memoryMb: 10_240 });
    expect(find(limits, 'read-bytes')).toMatchObject({
      text: '330 MB of 5 min take 165 s to read, at 2 MB/s a shard',
      possible: true,
    });
    expect(find(limits, 'read-bytes')?.use).toBeCloseTo(0.55, 9);
  });

  it('names pages that are too small where memory is shared by many shards', () => {
    const limits = ofBatch(load(1_200_000), { shards: 1_000 });
    expect(find(limits, 'read-calls')?.text).toBe(
      '1,024 MB of memory leave each of 1,000 shards pages of 107 KB: 4 calls a second read 0.429 MB/s of each',
    );
  });

  it('names a run of several invocations', () => {
    expect(find(ofBatch(load(100), { windowSeconds: 86_400 }), 'time')).toMatchObject({
      text: '2 invocations a run, each with a commit of its own: one takes 15 min at most, its commit included',
      possible: true,
    });
  });

  it('names the keys that it holds, and what it does where they are too many', () => {
    // A quarter of 1,024 MB at 210 bytes: 1,278,264; 350,000 events are 700,000 rows
    const keys = NO_KEY_TWICE;
    expect(find(ofBatch(load(350_000 / 300, { keys }), { shards: 4 }), 'memory')).toMatchObject({
      text: '700,000 of 1,278,264 keys that 1,024 MB may hold',
      possible: true,
    });
    const more = find(ofBatch(load(1_000_000 / 300, { keys }), { shards: 4 }), 'memory');
    expect(more?.text).toMatch(
      /^2 invocations a run, each with a commit of its own, with 1,000,\d{3} of 1,278,264 keys/,
    );
    expect(more?.possible).toBe(true);
  });

  it('refuses a run that is longer than its interval', () => {
    // 100,000/s: 12 µs of CPU each, × 1.7275: 2.07 s a second
    const limit = find(ofBatch(load(100_000), { shards: 200 }), 'interval');
    expect(limit?.possible).toBe(false);
    expect(limit?.use).toBeCloseTo(2.08, 1);
    expect(limit?.text).toMatch(
      /^a run takes 10\.4 min, most of it CPU, every 5 min: it falls behind for good; with a whole core \(1,769 MB\), 6(\.\d+)? min$/,
    );
    expect(find(ofBatch(load(30_000), { shards: 200 }), 'interval')).toMatchObject({ possible: true });
    expect(find(ofBatch(load(200_000), { shards: 200, memoryMb: 1_769 }), 'interval')?.text).toMatch(
      /falls behind for good$/,
    );
  });

  it('names retention beyond what is free', () => {
    expect(find(ofBatch(load(1), { windowSeconds: 86_400 }), 'retention')).toMatchObject({
      text: 'the stream has to keep records for 49 h, two runs and the lag; 24 h cost nothing',
      possible: true,
    });
    expect(find(ofBatch(load(1), { batchIntervalSeconds: 200 * 86_400 }), 'retention')).toMatchObject({
      possible: false,
    });
  });

  it('has no figure that is none', () => {
    for (const rate of [0, 0.0001, 1e6]) {
      for (const windowSeconds of [60, 86_400]) {
        const texts = [...ofBatch(load(rate), { windowSeconds }), ...ofMicro(load(rate), { windowSeconds })];
        expect(texts.map(({ text }) => text).join('\n')).not.toMatch(/NaN|Infinity|undefined|∞/);
      }
    }
  });
});

describe('limits of both paths side by side', () => {
  const BESIDE: Deployment = { ...SCHEDULED_BATCH, paths: 'both' };
  const beside = (workload: Workload): Limit[] => planOf(workload, BESIDE).findLimits();

  it('names the calls that both make of a shard, which are all that it answers', () => {
    expect(beside(load(100))).toEqual([
      {
        id: 'read-calls',
        text: "the mapping asks a shard 1 × a second and the batch's reader 4 ×, 5 of the 5 calls a second that a shard answers",
        use: 1,
        possible: true,
      },
    ]);
    const greedy = planOf(load(100), BESIDE, { ...STANDARD, readsPerSecond: 5 }).findLimits();
    expect(find(greedy, 'read-calls')).toMatchObject({ use: 1.2, possible: false });
  });

  it('names what both read of a shard', () => {
    // 300 events/s of 2,000 bytes: 0.6 MB/s in, twice that out
    const heavy = load(300, { eventBytes: 2_000 });
    expect(find(beside(heavy), 'read-bytes')).toMatchObject({
      text: 'both paths read 1.2 MB/s of the 2 MB/s that a shard gives',
      use: 0.6,
      possible: true,
    });
    expect(find(ofMicro(heavy), 'read-bytes')).toBeUndefined();
    expect(find(beside(load(600, { eventBytes: 2_000 })), 'read-bytes')).toMatchObject({ use: 1.2, possible: false });
  });

  it('names a run that reads what the mapping leaves', () => {
    // 0.6 MB/s × 300 s = 180 MB at 2 − 0.6 MB/s: 129 s; alone 90 s
    expect(find(beside(load(300, { eventBytes: 2_000 })), 'interval')).toBeUndefined();
    // 0.9 MB/s × 300 s = 270 MB at 1.1 MB/s: 245 s
    const run = find(beside(load(450, { eventBytes: 2_000 })), 'interval');
    expect(run?.use).toBeCloseTo(245 / 300, 2);
    expect(run?.text).toContain('most of it reading, every 5 min');
  });
});

describe('findBrokenLimits', () => {
  it('has those that the path deployed can’t keep, and no others', () => {
    expect(planOf(load(100), MICRO_BATCH).findBrokenLimits()).toEqual([]);
    expect(planOf(load(0), MICRO_BATCH).findBrokenLimits()).toEqual([]);
    expect(planOf(load(1_200), MICRO_BATCH).findBrokenLimits()).toEqual(['shards']);
    expect(planOf(load(100_000), { ...SCHEDULED_BATCH, shards: 200 }).findBrokenLimits()).toEqual(['interval']);
  });
});
