import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Model, STANDARD_MODEL } from '#model/model.ts';
import { STANDARD } from '#model/parameters.ts';
import {
  type Contender,
  enterPath,
  isEasedByMemory,
  moreMemory,
  planStreams,
  planWindow,
} from '#model/verdict/contender.ts';
import { createScenario, prepareScenario, type Scenario } from '#model/verdict/scenario.ts';
import { withHosts } from '#model/workload/keys.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';
import { evaluateMicroBatch } from '#test/support/evaluated-paths.ts';
import { anyScenario, anyWindow } from './any-scenario.ts';

const enterStream = (model: Model, given: Scenario, windowSeconds: number): Contender =>
  enterPath(model, given, planWindow(model.parameters, prepareScenario(given), windowSeconds).stream);
const enterBatch = (model: Model, given: Scenario, windowSeconds: number): Contender =>
  enterPath(model, given, planWindow(model.parameters, prepareScenario(given), windowSeconds).batch);

const scenario = createScenario({ workload: { ...GENERATED_LOAD, eventsPerSecond: 500 } });

describe('planStreams', () => {
  it('takes the batching windows that are no longer than the window', () => {
    const seconds = (windowSeconds: number, batchingWindowsSeconds = [300, 0, 60]): number[] =>
      planStreams(STANDARD, prepareScenario({ ...scenario, batchingWindowsSeconds }), windowSeconds).map(
        ({ deployment }) => deployment.batchingWindowSeconds,
      );
    expect(seconds(300)).toEqual([300, 0, 60]);
    expect(seconds(60)).toEqual([0, 60]);
    expect(seconds(60, [300, 120])).toEqual([120]);
  });
});

describe('enterPath, of streaming', () => {
  it('is no worse than any single setting that is possible', () => {
    fc.assert(
      fc.property(anyScenario, anyWindow, (each, windowSeconds) => {
        const best = enterStream(STANDARD_MODEL, each, windowSeconds);
        const settings = each.batchingWindowsSeconds
          .filter((seconds) => seconds <= windowSeconds)
          .map((seconds) => evaluateMicroBatch(STANDARD_MODEL, each, windowSeconds, seconds))
          .filter(({ possible }) => possible);
        expect(best.possible).toBe(settings.length > 0);
        for (const { objectiveUsd } of settings) expect(best.objectiveUsd).toBeLessThanOrEqual(objectiveUsd + 1e-9);
      }),
      { numRuns: 30 },
    );
  });

  it('takes the freshest of those that cost the same', () => {
    const free = Object.fromEntries(
      Object.entries(STANDARD_MODEL.prices).map(([id, price]) => [id, { ...price, usd: 0 }]),
    );
    const model: Model = { ...STANDARD_MODEL, prices: free as Model['prices'] };
    const settings = { ...scenario, batchingWindowsSeconds: [60, 10, 300] };
    expect(enterStream(model, settings, 300)).toMatchObject({
      costUsd: 0,
      plan: { deployment: { batchingWindowSeconds: 10 } },
    });
  });

  it('takes a shorter batching window where freshness is worth more', () => {
    const chosen = (freshnessUsd: number): number =>
      enterStream(STANDARD_MODEL, { ...scenario, freshnessUsd }, 300).plan.deployment.batchingWindowSeconds;
    expect([chosen(0), chosen(40), chosen(1_000)]).toEqual([60, 10, 0]);
  });

  it('passes over what is impossible, and says so where all of it is', () => {
    const slow: Model = {
      ...STANDARD_MODEL,
      parameters: { ...STANDARD_MODEL.parameters, microBatchCpuMsPerEvent: 1_000 },
    };
    expect(enterStream(slow, scenario, 300).possible).toBe(false);
    // An invocation takes 26 s at this share of a core: every second is impossible, once 9,000 records are there it is not
    const heavy: Model = { ...STANDARD_MODEL, parameters: { ...STANDARD_MODEL.parameters, microBatchCpuMs: 15_000 } };
    const best = enterStream(heavy, { ...scenario, freshnessUsd: 1_000 }, 300);
    expect(best).toMatchObject({ possible: true, plan: { deployment: { batchingWindowSeconds: 60 } } });
  });

  it('needs a batching window to choose from', () => {
    expect(() => enterStream(STANDARD_MODEL, { ...scenario, batchingWindowsSeconds: [] }, 300)).toThrow(RangeError);
  });
});

describe('enterPath, of the batch', () => {
  it('has as many shards as the load needs, whatever is deployed', () => {
    const busy = { ...scenario, workload: { ...GENERATED_LOAD, eventsPerSecond: 20_000 } };
    expect(enterBatch(STANDARD_MODEL, busy, 300).plan.deployment.shards).toBe(8);
  });

  it('is possible or not by its own limits', () => {
    expect(enterBatch(STANDARD_MODEL, scenario, 300).possible).toBe(true);
    const keys = withHosts(GENERATED_LOAD.keys, 10_000_000);
    const flood = { ...scenario, workload: { ...GENERATED_LOAD, eventsPerSecond: 10_000_000, keys } };
    expect(enterBatch(STANDARD_MODEL, flood, 86_400).possible).toBe(false);
  });
});

describe.each([
  ['scheduledBatchCpuMsPerEvent', enterBatch],
  ['microBatchCpuMsPerEvent', enterStream],
] as const)('a path whose CPU is %s', (name, enter) => {
  // 500 events/s: of CPU a second 500 × ms, × 1,769 / 1,024 with the memory deployed, × 1 from a whole core on
  const enterWith = (ms: number, memoryMb = 1_024): ReturnType<typeof enter> => {
    const model: Model = { ...STANDARD_MODEL, parameters: { ...STANDARD_MODEL.parameters, [name]: ms } };
    return enter(model, { ...scenario, deployment: { ...scenario.deployment, memoryMb } }, 3_600);
  };

  it('keeps the memory deployed where that is possible', () => {
    expect(enterWith(0.8)).toMatchObject({ possible: true, plan: { deployment: { memoryMb: 1_024 } } });
    expect(enterWith(0.8, 2_048)).toMatchObject({ possible: true, plan: { deployment: { memoryMb: 2_048 } } });
  });

  it('takes a whole core where less falls behind', () => {
    expect(enterWith(1.5)).toMatchObject({ possible: true, plan: { deployment: { memoryMb: 1_769 } } });
  });

  it('is impossible as deployed where a whole core falls behind as well', () => {
    expect(enterWith(2.5)).toMatchObject({ possible: false, plan: { deployment: { memoryMb: 1_024 } } });
  });
});

describe('moreMemory', () => {
  it.each([
    [1_024, [1_769, 3_008]],
    [1_769, [3_008]],
    [3_008, []],
    [10_240, []],
  ])('is what lies above %d MB: a whole core, then what any account may have', (deployedMb, tried) => {
    expect(moreMemory(STANDARD, deployedMb)).toEqual(tried);
  });
});

describe('isEasedByMemory', () => {
  it('is true of what CPU and memory are short of, not of shards, connections or retention', () => {
    expect(isEasedByMemory(['interval'])).toBe(true);
    expect(isEasedByMemory(['shards', 'read-calls'])).toBe(true);
    expect(isEasedByMemory(['shards', 'connections', 'retention', 'acu', 'read-bytes'])).toBe(false);
    expect(isEasedByMemory([])).toBe(false);
  });
});
