import { describe, expect, it } from 'vitest';
import { defaultDeployment } from '#model/deployment.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import { planSearch, thresholdOf } from '#model/verdict/compare-paths.ts';
import { createScenario, prepareScenario } from '#model/verdict/scenario.ts';
import { moveInputs } from '#model/verdict/uncertainty.ts';
import { decide } from '#model/verdict/verdict.ts';

const SCENARIO = prepareScenario(createScenario());

describe('thresholdOf', () => {
  it.each([0, 1])('is the verdict’s own, freshness valued at %d USD', (freshnessUsd) => {
    const scenario = { ...SCENARIO, freshnessUsd };
    const { thresholdSeconds, streamAgainSeconds } = decide(STANDARD_MODEL, scenario);
    const planned = planSearch(STANDARD_MODEL, () => scenario);
    expect(thresholdOf(STANDARD_MODEL, scenario, planned, moveInputs(STANDARD_MODEL))).toEqual({
      thresholdSeconds,
      streamAgainSeconds,
    });
    expect(streamAgainSeconds === null).toBe(freshnessUsd === 0);
  });

  it('asks for the scenario of each window, at multiples of the step', () => {
    const asked = new Set<number>();
    const planned = planSearch(
      STANDARD_MODEL,
      (windowSeconds) => {
        asked.add(windowSeconds);
        return { ...SCENARIO, deployment: { ...defaultDeployment('both'), batchIntervalSeconds: windowSeconds / 10 } };
      },
      10,
    );
    thresholdOf(STANDARD_MODEL, SCENARIO, planned, moveInputs(STANDARD_MODEL));
    expect(asked.size).toBeGreaterThan(10);
    expect([...asked].filter((windowSeconds) => windowSeconds % 600 !== 0)).toEqual([]);
  });
});
