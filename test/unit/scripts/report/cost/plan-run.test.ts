import { describe, expect, it } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import { CALIBRATION_BATCH_SIZE, CALIBRATION_WINDOW_MS } from '#bench/experiments/phases/calibration-chunks.ts';
import { expectedSeconds } from '#bench/experiments/phases/expected-time.ts';
import { DRAIN_EVENTS_PER_RECORD } from '#bench/experiments/phases/plan-phases.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { planRun, type RunOptions } from '#report/cost/plan-run.ts';
import type { RunPhase } from '#report/cost/run-cost.ts';

/** The default options without phases beside the live run. */
const OPTIONS: RunOptions = {
  ...(parseOptions([]) as BenchmarkOptions),
  margin: 1_000,
  windows: [],
  calibrate: false,
};

function phasesOf(change: Partial<RunOptions>, surroundings: Parameters<typeof planRun>[1] = AURORA): RunPhase[] {
  return [...planRun({ ...OPTIONS, ...change }, surroundings).phases];
}

const AURORA = { database: 'aurora' } as const;

describe('planRun', () => {
  it('sends a generated load for as long as it lasts, with the tail that closes its last window', () => {
    const [phase, ...others] = phasesOf({});
    expect(others).toEqual([]);
    expect(phase).toMatchObject({ name: 'live run', loadSeconds: 67, batches: 14 }); // 60 + 2 + 5, windows of 5
    expect(phase?.workload).toMatchObject({ eventsPerSecond: 500, eventsPerRecord: 1, keys: { hosts: 200 } });
    expect(phase?.deployment).toMatchObject({ windowSeconds: 5, boundSeconds: 2, marginSeconds: 1, shards: 2 });
    expect(phase?.deployment.tickSeconds).toBe(0); // the benchmark calls the batch
  });

  it('has the phases of the sweep, each as long as the benchmark itself expects it to take', () => {
    const phases = phasesOf({
      repeat: 2,
      calibrate: true,
      windows: [60_000, 300_000],
      batchingWindows: [0, 10_000],
    });
    expect(phases.map(({ name, batches }) => [name, batches])).toEqual([
      ['live run', 14],
      ['live run', 14],
      ['calibration', expect.any(Number)],
      ['drain of 1 minute', 2], // one cold, one warm
      ['drain of 5 minutes', 2],
      ['batching window of 0 seconds', 0],
      ['batching window of 10 seconds', 0],
    ]);
    const drain = { kind: 'drain', windowMs: 300_000 } as const;
    expect(phases[4]?.seconds).toBe(expectedSeconds(drain, { ...OPTIONS, target: 'aws' }));
  });

  it('leaves out what takes more events than it may', () => {
    // 500/s × 300 s = 150,000
    const phases = phasesOf({ windows: [60_000, 300_000], maxEvents: 100_000 });
    expect(phases.map(({ name }) => name)).toEqual(['live run', 'drain of 1 minute']);
  });

  it('drains one window’s events, packed, in full micro-batches', () => {
    const [, drain] = phasesOf({ windows: [300_000] });
    expect(drain).toMatchObject({ loadSeconds: 300, workload: { eventsPerSecond: 500, eventsPerRecord: 128 } });
    expect(drain?.deployment).toMatchObject({ windowSeconds: 300, batchingWindowSeconds: 300 });
  });

  it('lets micro-batches alone fill for each batching window, three of them at least', () => {
    const [, short, long] = phasesOf({ batchingWindows: [10_000, 60_000] });
    expect(short).toMatchObject({ loadSeconds: 70, deployment: { batchingWindowSeconds: 10 } }); // 60, then 10 until it is due
    expect(long).toMatchObject({ loadSeconds: 240, deployment: { batchingWindowSeconds: 60 } }); // 3 × 60, then 60
  });

  it('calibrates with a batch for each chunk', () => {
    const [, calibration] = phasesOf({ calibrate: true });
    const { batches = 0, loadSeconds = 0, workload } = calibration ?? {};
    expect(batches).toBeGreaterThan(12);
    expect(loadSeconds).toBe(batches * 30); // two chunks share a window of a minute
    expect(calibration?.deployment).toMatchObject({ windowSeconds: 60, batchIntervalSeconds: 30 });
    expect((workload?.eventsPerSecond ?? 0) * loadSeconds).toBeGreaterThan(80_000);
    expect(workload?.eventsPerRecord).toBeGreaterThan(1);
  });

  it('prices calibration and drains as they are run', () => {
    const [, calibration, drain] = phasesOf({ calibrate: true, windows: [300_000] });
    expect(calibration?.deployment).toMatchObject({
      windowSeconds: CALIBRATION_WINDOW_MS / 1_000,
      batchSize: CALIBRATION_BATCH_SIZE,
    });
    expect(drain?.workload.eventsPerRecord).toBe(DRAIN_EVENTS_PER_RECORD);
  });

  it('takes the mapping from the options, then from the stack, then from the defaults', () => {
    const stack = { ...AURORA, batchSize: 500, batchingWindowSeconds: 10 };
    expect(phasesOf({})[0]?.deployment).toMatchObject({ batchSize: 1_000, batchingWindowSeconds: 0, memoryMb: 1_024 });
    expect(phasesOf({}, stack)[0]?.deployment).toMatchObject({ batchSize: 500, batchingWindowSeconds: 10 });
    expect(phasesOf({ batchSize: 7, batchingWindow: 3_000 }, stack)[0]?.deployment).toMatchObject({
      batchSize: 7,
      batchingWindowSeconds: 3,
    });
  });

  it('replays a log as fast as the shards take it, and says how large it took it to be', () => {
    const plan = planRun({ ...OPTIONS, input: 'access.log' }, { ...AURORA, inputBytes: 40_000_000 });
    expect(plan.phases[0]?.workload.eventsPerSecond).toBe(2_000); // 2 shards × 1,000 records
    expect(plan.phases[0]).toMatchObject({ name: 'replay of the log', loadSeconds: 100, seconds: 400, batches: 20 });
    expect(plan.assumptions[0]).toBe('40 MB in lines of 200 bytes, replayed as fast as the shards take it');
  });

  it('says which defaults of the stack it took, and none that it was told', () => {
    const saidOf = (change: Partial<RunOptions>, surroundings: Parameters<typeof planRun>[1]): string | undefined =>
      planRun({ ...OPTIONS, ...change }, surroundings).assumptions.find((each) =>
        each.startsWith('deployed by default'),
      );
    expect(saidOf({}, AURORA)).toBe(
      'deployed by default (8 ACU at most, pause after 5 minutes, 1,024 MB a function, 1,000 records a batch, batching window of 0 s)',
    );
    expect(saidOf({ batchSize: 7, batchingWindow: 0 }, { database: 'external' })).toBe(
      'deployed by default (1,024 MB a function)',
    );
    expect(saidOf({}, { ...AURORA, batchSize: 500, batchingWindowSeconds: 10 })).toBe(
      'deployed by default (8 ACU at most, pause after 5 minutes, 1,024 MB a function)',
    );
  });

  it.each([
    [undefined, 'list prices, without free tiers, taxes and the stack itself'],
    ['prices.json', 'given prices, without free tiers and the stack itself'],
  ])('says whose prices it is priced with: --prices %s', (prices, expected) => {
    expect(planRun({ ...OPTIONS, prices }, AURORA).assumptions).toContain(expected);
  });

  it('replays packed records at the bytes that the shards take', () => {
    const packed = { input: 'access.log', eventsPerRecord: 128 };
    const [replay] = phasesOf(packed, { ...AURORA, inputBytes: 40_000_000 });
    expect(replay?.workload.eventsPerSecond).toBeCloseTo(2_000_000 / 194, 6); // 2 shards × 1 MB
  });

  it('assumes a size where it cannot know one, and a network of nobody where the database is elsewhere', () => {
    const plan = planRun({ ...OPTIONS, input: '-' }, { database: 'external' });
    expect(plan.phases[0]?.loadSeconds).toBe(500); // 1,000,000 lines
    expect(plan.assumptions[0]).toContain('a log of 200 MB');
    expect(plan.database).toBe('external');
    expect(plan.phases[0]?.deployment.regime).toBe('shared');
  });
});
