import { describe, expect, it } from 'vitest';
import { defaultDeployment } from '#model/deployment.ts';
import { STANDARD } from '#model/parameters.ts';
import type { LiveSetting } from '#model/timing/predict-phase.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';
import {
  type MeasuredPath,
  predictMicroBatches,
  predictScheduledBatches,
} from '#report/prediction/predict-invocations.ts';
import type { Prediction } from '#report/prediction/prediction.ts';

/**
 * One host and no referrer, so that an invocation within a window writes 2 rows; 250 events a second on each of 2 shards, each a
 * record, in windows of 5 s without disorder.
 */
const SETTING: LiveSetting = {
  parameters: {
    ...STANDARD,
    microBatchCpuMs: 1,
    microBatchCpuMsPerEvent: 0.002,
    microBatchCpuMsPerRecord: 0.001,
    microBatchCpuMsPerFreshRow: 0,
    microBatchCpuMsPerUpdatedRow: 0,
    scheduledBatchCpuMs: 50,
    scheduledBatchCpuMsPerEvent: 0.01,
    scheduledBatchCpuMsPerRecord: 0.002,
    scheduledBatchCpuMsPerFreshRow: 0,
    scheduledBatchCpuMsPerUpdatedRow: 0,
    coldCpuMs: 100,
  },
  workload: {
    ...GENERATED_LOAD,
    eventsPerSecond: 500,
    eventsPerRecord: 1,
    keys: { kind: 'zipf', hosts: 1, referrers: 1, hostSkew: 0, referrerSkew: 0, nullReferrerShare: 0 },
  },
  deployment: {
    ...defaultDeployment('both'),
    windowSeconds: 5,
    boundSeconds: 2,
    marginSeconds: 2,
    shards: 2,
    tickSeconds: 0,
    regime: 'always-on',
    memoryMb: STANDARD.memoryMbPerCore,
  },
  seconds: 60,
};

const MEASURED: MeasuredPath = {
  events: 30_000,
  invocations: 100,
  rowsWritten: 300,
  rowsFinal: 24,
  cpuMs: 300,
  freshnessMeanMs: 500,
  coldStarts: 3,
};

function figuresOf(predictions: readonly Prediction[]): Record<string, [predicted: number, measured: number]> {
  return Object.fromEntries(predictions.map(({ figure, predicted, measured }) => [figure, [predicted, measured]]));
}

describe('predictMicroBatches', () => {
  const predictions = predictMicroBatches('live run', SETTING, MEASURED);

  it('sets what an invocation a second on each shard would be beside what was', () => {
    const { invocations, 'CPU per invocation': perInvocation, 'CPU per event': perEvent } = figuresOf(predictions);
    expect(invocations).toEqual([expect.closeTo(120, 6), 100]);
    // 1 + 250 × 0.003 = 1.75 ms each, and 3 × 100 ms of cold starts over 120 invocations.
    expect(perInvocation).toEqual([expect.closeTo(1.75 + 2.5, 6), 3]);
    expect(perEvent).toEqual([expect.closeTo(((1.75 + 2.5) / 250) * 1_000, 6), 10]);
  });

  it('expects the rows of a host that is written by every invocation and is final once a window', () => {
    // 2 rows an invocation, 2 more for each that holds a window's end (one of 5 on each shard); 2 final rows in 12 windows.
    const { 'rows written per final row': rows } = figuresOf(predictions);
    expect(rows?.[0]).toBeCloseTo((120 * 2 * 1.2) / 24, 1);
    expect(rows?.[1]).toBe(12.5);
  });

  it('expects an event to wait half a second and the invocation', () => {
    const { 'freshness, mean': freshness } = figuresOf(predictions);
    expect(freshness?.[0]).toBeGreaterThan(500);
    expect(freshness?.[0]).toBeLessThan(520);
    expect(freshness?.[1]).toBe(500);
  });

  it('leaves out the freshness of nothing', () => {
    const nothing = predictMicroBatches('live run', SETTING, { ...MEASURED, events: 0, freshnessMeanMs: null });
    expect(figuresOf(nothing)).not.toHaveProperty('freshness, mean');
    expect(figuresOf(nothing)['CPU per event']?.[1]).toBe(0);
  });
});

describe('predictScheduledBatches', () => {
  const predictions = predictScheduledBatches('live run', SETTING, { ...MEASURED, coldStarts: 1 });

  it('expects a run for each window, warm but for those that were cold', () => {
    const { invocations, 'CPU per invocation': perInvocation, 'CPU per event': perEvent } = figuresOf(predictions);
    expect(invocations?.[0]).toBeCloseTo(12, 6);
    // 50 + 2,500 × 0.012 = 80 ms each, and 100 ms once in 12.
    expect(perInvocation?.[0]).toBeCloseTo(80 + 100 / 12, 6);
    expect(perEvent?.[0]).toBeCloseTo(((80 + 100 / 12) / 2_500) * 1_000, 6);
  });

  it('expects a run to write the rest of one window and the beginning of the next', () => {
    expect(figuresOf(predictions)['rows written per final row']?.[0]).toBeCloseTo(2, 6);
  });

  it('expects an event to wait half a window and the run, without a start of the environment', () => {
    const freshness = figuresOf(predictions)['freshness, mean']?.[0];
    expect(freshness).toBeGreaterThan(2_500);
    expect(freshness).toBeLessThan(3_000);
  });
});
