import { describe, expect, it } from 'vitest';
import { estimateMonthlyCost } from '#model/cost/monthly-cost.ts';
import { type Model, STANDARD_MODEL } from '#model/model.ts';
import { deployAlone } from '#model/verdict/deploy-alone.ts';
import { createScenario } from '#model/verdict/scenario.ts';
import { evaluateMicroBatch, evaluateScheduledBatch } from '#test/support/evaluated-paths.ts';
import { ONE_KEY, planOf } from '../timing/one-key.ts';

const SCENARIO = createScenario({ workload: ONE_KEY });

describe.each(['partial', 'final'] as const)('a choice for readers of %s', (reader) => {
  const scenario = { ...SCENARIO, reader, freshnessUsd: 6 };

  it.each([
    ['micro-batch', evaluateMicroBatch(STANDARD_MODEL, scenario, 300, 10), 10],
    ['scheduled-batch', evaluateScheduledBatch(STANDARD_MODEL, scenario, 300), null],
  ] as const)('is priced as if %s were deployed alone, and judged by what its reader waits', (path, choice, b) => {
    const plan = planOf(ONE_KEY, deployAlone(scenario, path, 300, b));
    const { totalUsd, awakeShare } = estimateMonthlyCost(STANDARD_MODEL.prices, plan);
    const { freshnessSeconds, finalitySeconds } = plan.delays;
    const delaySeconds = reader === 'partial' ? freshnessSeconds : finalitySeconds;
    expect(choice.costUsd).toBeCloseTo(totalUsd, 9);
    expect(choice).toMatchObject({ path, awakeShare, freshnessSeconds, finalitySeconds, delaySeconds });
    expect(choice.objectiveUsd).toBeCloseTo(totalUsd + delaySeconds / 10, 9); // 6 USD a minute: 0.1 a second
    expect(choice.sharedUsd + choice.fixedUsd + choice.variableUsd).toBeCloseTo(totalUsd, 9);
  });
});

describe('evaluateChoice of micro-batches', () => {
  const everySecond = evaluateMicroBatch(STANDARD_MODEL, SCENARIO, 300, 0);

  it('tells what it does: one key, 100 events in a batch a second', () => {
    expect(everySecond).toMatchObject({
      batchingWindowSeconds: 0,
      batchIntervalSeconds: null,
      shards: 1,
      possible: true,
    });
    expect(everySecond.invocationsPerMonth).toBeCloseTo(2_628_000, 3);
    expect(everySecond.eventsPerInvocation).toBeCloseTo(100, 9);
    // 2 rows in each of 300 batches a window, and again in the one that its end cuts in two: 602 / 2
    expect(everySecond.rowsWrittenPerFinalRow).toBeGreaterThanOrEqual(300);
    expect(everySecond.rowsWrittenPerFinalRow).toBeLessThanOrEqual(301);
  });

  it('says after how long size fills a batch, whatever its batching window', () => {
    // 100 records/s: 1,000 of them without a batching window; with one 10,000, or what a payload holds: 6 MiB ÷ (200 × 4/3 + 550)
    expect(everySecond.fullAfterSeconds).toBeCloseTo(10, 9);
    const filled = evaluateMicroBatch(STANDARD_MODEL, SCENARIO, 300, 300).fullAfterSeconds;
    expect(filled).toBeCloseTo(6_291_456 / (800 / 3 + 550) / 100, 9);
    const nothing = { ...SCENARIO, workload: { ...ONE_KEY, eventsPerSecond: 0 } };
    expect(evaluateMicroBatch(STANDARD_MODEL, nothing, 300, 60).fullAfterSeconds).toBeNull();
  });

  it('splits the cost into what is shared, what stands and what the load adds', () => {
    // 10.95 shard + 3.6792 PUT units + 0.05256 key requests + 3 dashboard
    expect(everySecond.sharedUsd).toBeCloseTo(17.68176, 4);
    // 7.30 zone + 1.50 metrics + 1.50 alarms, and 0.10 for an empty volume; without events the database sleeps
    expect(everySecond.fixedUsd).toBeCloseTo(10.4, 9);
  });
});

describe('evaluateChoice of a scheduled batch', () => {
  const fitted = (events: number | null, rows: number | null, records: number | null = null): Model => ({
    ...STANDARD_MODEL,
    fittedRecords: { microBatch: null, scheduledBatch: records },
    fittedEvents: { microBatch: null, scheduledBatch: events },
    fittedRows: { microBatch: null, scheduledBatch: rows },
  });
  const extrapolate = (model: Model) => {
    const { extrapolation, extrapolatedIn } = evaluateScheduledBatch(model, SCENARIO, 300);
    return [extrapolation, extrapolatedIn];
  };

  it('tells what it does: a run a window, two rows and those of the next window', () => {
    const choice = evaluateScheduledBatch(STANDARD_MODEL, SCENARIO, 300);
    expect(choice).toMatchObject({
      batchingWindowSeconds: null,
      batchSize: null,
      fullAfterSeconds: null,
      batchIntervalSeconds: 300,
      memoryMb: 1_024,
      memoryRaised: false,
    });
    expect(choice.invocationsPerMonth).toBeCloseTo(8_760, 9);
    expect(choice.eventsPerInvocation).toBeCloseTo(30_000, 9);
    expect(choice.rowsWrittenPerFinalRow).toBeCloseTo(2, 2);
  });

  it('says how far beyond what was fitted it is, and 1 where it is within or nothing was fitted', () => {
    expect(extrapolate(fitted(10_000, null))).toEqual([expect.closeTo(3, 9), 'events']);
    expect(extrapolate(fitted(60_000, null))).toEqual([1, null]);
    expect(extrapolate(fitted(null, null))).toEqual([1, null]);
  });

  it('is as far beyond as its events, its records or its rows are, whichever is farthest', () => {
    // 30,000 events of one key: its two rows, and those of the next window
    const { rowsPerInvocation } = evaluateScheduledBatch(STANDARD_MODEL, SCENARIO, 300);
    expect(rowsPerInvocation).toBeCloseTo(4, 2);
    expect(extrapolate(fitted(10_000, rowsPerInvocation / 2))).toEqual([expect.closeTo(3, 9), 'events']);
    expect(extrapolate(fitted(10_000, rowsPerInvocation / 5))).toEqual([expect.closeTo(5, 9), 'rows']);
    expect(extrapolate(fitted(60_000, rowsPerInvocation / 5))).toEqual([expect.closeTo(5, 9), 'rows']);
    // every event a record
    expect(extrapolate(fitted(60_000, rowsPerInvocation, 5_000))).toEqual([expect.closeTo(6, 9), 'records']);
    const microBatch: Model = { ...STANDARD_MODEL, fittedRows: { microBatch: 0.5, scheduledBatch: null } };
    const { extrapolation, extrapolatedIn, ...stream } = evaluateMicroBatch(microBatch, SCENARIO, 300, 0);
    expect([extrapolation, extrapolatedIn]).toEqual([2 * stream.rowsPerInvocation, 'rows']);
  });

  it('is impossible where a run falls behind for good', () => {
    // An event a shard's reading takes no notice of, but its CPU: 1 s each
    const slow: Model = {
      ...STANDARD_MODEL,
      parameters: { ...STANDARD_MODEL.parameters, scheduledBatchCpuMsPerEvent: 1_000 },
    };
    const choice = evaluateScheduledBatch(slow, SCENARIO, 300);
    expect(choice.possible).toBe(false);
    expect(choice.limits.filter(({ possible }) => !possible).map(({ id }) => id)).toContain('interval');
  });
});
