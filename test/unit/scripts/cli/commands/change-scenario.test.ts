import { describe, expect, it } from 'vitest';
import { changeScenario, sparkOf } from '#cli/commands/change-scenario.ts';
import { createScenario } from '#model/verdict/scenario.ts';
import type { MeasuredKeys } from '#model/workload/keys.ts';

const SCENARIO = createScenario();

describe('changeScenario', () => {
  it('leaves a scenario as it is where nothing else is said', () => {
    expect(changeScenario(SCENARIO, {})).toEqual(SCENARIO);
  });

  it('changes what is said, in the units of the model, and nothing else', () => {
    const changed = changeScenario(SCENARIO, {
      rate: 20_000,
      hosts: 5_000,
      eventBytes: 400,
      eventsPerRecord: 1,
      windows: [60_000, 5_400_000],
      batchingWindows: [0, 300_000],
      bound: 30_000,
      memory: 1_769,
      acu: 2,
      autoPause: 600_000,
      readHours: 8,
      database: 'always-on',
      reads: 'final',
      freshnessValue: 2.5,
    });
    expect(changed).toEqual({
      ...SCENARIO,
      workload: {
        ...SCENARIO.workload,
        eventsPerSecond: 20_000,
        eventBytes: 400,
        eventsPerRecord: 1,
        keys: { ...SCENARIO.workload.keys, hosts: 5_000 },
      },
      deployment: {
        ...SCENARIO.deployment,
        boundSeconds: 30,
        memoryMb: 1_769,
        acuAwake: 2,
        autoPauseSeconds: 600,
        readHoursPerDay: 8,
        regime: 'always-on',
      },
      reader: 'final',
      freshnessUsd: 2.5,
      windowsSeconds: [60, 5_400],
      batchingWindowsSeconds: [0, 300],
    });
  });

  it('takes a value of 0 for one', () => {
    const before = { ...SCENARIO, freshnessUsd: 3, deployment: { ...SCENARIO.deployment, readHoursPerDay: 5 } };
    const changed = changeScenario(before, { freshnessValue: 0, bound: 0, readHours: 0 });
    expect(changed.freshnessUsd).toBe(0);
    expect(changed.deployment).toMatchObject({ boundSeconds: 0, readHoursPerDay: 0 });
  });

  it('spreads the keys of a log over another number of hosts', () => {
    const group = { probability: 0.5, keys: 2 };
    const keys: MeasuredKeys = { kind: 'measured', hosts: 2, byHost: [group], bySource: [group], events: 10 };
    const scenario = { ...SCENARIO, workload: { ...SCENARIO.workload, keys } };
    expect(changeScenario(scenario, { hosts: 4 }).workload.keys).toMatchObject({
      hosts: 4,
      byHost: [{ probability: 0.25, keys: 4 }],
    });
  });
});

describe('sparkOf', () => {
  it('has in seconds what was given, and nothing of what was not', () => {
    expect(sparkOf({ sparkStart: 90_000, billingMinimum: 0 })).toEqual({
      startUpSeconds: 90,
      billingMinimumSeconds: 0,
    });
    expect(sparkOf({ sparkStart: 1_500 })).toEqual({ startUpSeconds: 1.5 });
    expect(sparkOf({})).toEqual({});
  });
});
