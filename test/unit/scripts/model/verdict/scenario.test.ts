import { describe, expect, it } from 'vitest';
import { createScenario } from '#model/verdict/scenario.ts';

describe('createScenario', () => {
  it('asks for readers of counts as they grow, freshness worth nothing, on the stack’s own database', () => {
    const scenario = createScenario();
    expect(scenario).toMatchObject({ reader: 'partial', freshnessUsd: 0, leastShards: 1 });
    expect(scenario.deployment.regime).toBe('auto-pause');
    expect(scenario.windowsSeconds).toEqual([60, 300, 900, 1_800, 3_600, 7_200]);
    expect(scenario.batchingWindowsSeconds).toEqual([0, 1, 10, 60, 300]);
  });

  it('takes what is given, and nothing else', () => {
    const standard = createScenario();
    expect(createScenario({ reader: 'final', freshnessUsd: 2 })).toEqual({
      ...standard,
      reader: 'final',
      freshnessUsd: 2,
    });
  });
});
