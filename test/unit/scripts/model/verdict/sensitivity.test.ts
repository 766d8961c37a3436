import { describe, expect, it } from 'vitest';
import { defaultDeployment } from '#model/deployment.ts';
import { type Model, STANDARD_MODEL } from '#model/model.ts';
import { createScenario, prepareScenario, type Scenario } from '#model/verdict/scenario.ts';
import { type SensitivityRow, testSensitivity } from '#model/verdict/sensitivity.ts';
import { decide } from '#model/verdict/verdict.ts';
import { withHosts } from '#model/workload/keys.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';

const SCENARIO = createScenario({ workload: { ...GENERATED_LOAD, eventsPerSecond: 500 } });
const rows = testSensitivity(STANDARD_MODEL, prepareScenario(SCENARIO));

function row(what: SensitivityRow['what'], factor: number): SensitivityRow | undefined {
  return rows.find((each) => each.what === what && each.factor === factor);
}

function thresholdOf(given: Partial<Scenario>, model = STANDARD_MODEL): number | null {
  return decide(model, prepareScenario({ ...SCENARIO, ...given })).thresholdSeconds;
}

describe('testSensitivity', () => {
  it('moves each of four things by 2× and 10× either way, and values freshness at four prices', () => {
    expect(rows.map(({ what, factor }) => `${what} ${factor}`)).toEqual(
      ['rate', 'hosts', 'database price', 'batch interval']
        .flatMap((what) => [0.1, 0.5, 2, 10].map((factor) => `${what} ${factor}`))
        .concat([0, 1, 10, 100].map((usd) => `value of freshness ${usd}`)),
    );
  });

  it('has the threshold that a verdict has for the rate, the hosts and the value', () => {
    expect(row('rate', 10)?.thresholdSeconds).toBe(
      thresholdOf({ workload: { ...GENERATED_LOAD, eventsPerSecond: 5_000 } }),
    );
    const workload = { ...SCENARIO.workload, keys: withHosts(GENERATED_LOAD.keys, 500) };
    expect(row('hosts', 0.5)?.thresholdSeconds).toBe(thresholdOf({ workload }));
    expect(row('value of freshness', 10)?.thresholdSeconds).toBe(thresholdOf({ freshnessUsd: 10 }));
    expect(row('value of freshness', 0)?.thresholdSeconds).toBe(thresholdOf({}));
  });

  it('multiplies the price of what the database is charged for', () => {
    const { prices } = STANDARD_MODEL;
    const times = (id: 'aurora-acu-hour' | 'aurora-io' | 'aurora-storage-gb-month') => ({
      ...prices[id],
      usd: prices[id].usd * 10,
    });
    const model: Model = {
      ...STANDARD_MODEL,
      prices: {
        ...prices,
        'aurora-acu-hour': times('aurora-acu-hour'),
        'aurora-io': times('aurora-io'),
        'aurora-storage-gb-month': times('aurora-storage-gb-month'),
      },
    };
    expect(row('database price', 10)?.thresholdSeconds).toBe(thresholdOf({}, model));
    expect(row('database price', 10)?.thresholdSeconds).not.toBe(row('database price', 0.1)?.thresholdSeconds);
  });

  it('keeps to windows whose part is whole minutes where the batch comes more often than they end', () => {
    const [tenth, half] = [row('batch interval', 0.1)?.thresholdSeconds, row('batch interval', 0.5)?.thresholdSeconds];
    expect((tenth ?? Number.NaN) % 600).toBe(0);
    expect((half ?? Number.NaN) % 120).toBe(0);
  });

  it('lets a batch that comes more rarely win earlier: the database sleeps between', () => {
    const once = row('value of freshness', 0)?.thresholdSeconds ?? 0;
    expect(row('batch interval', 2)?.thresholdSeconds).toBeLessThan(once);
    expect(row('batch interval', 0.5)?.thresholdSeconds).toBeGreaterThan(once);
  });

  it('multiplies an interval that is set, where minutes stay whole', () => {
    const deployment = { ...defaultDeployment('both'), batchIntervalSeconds: 120 };
    const fixed = testSensitivity(STANDARD_MODEL, prepareScenario({ ...SCENARIO, deployment }));
    expect(fixed.filter(({ what }) => what === 'batch interval').map(({ factor }) => factor)).toEqual([0.5, 2, 10]);
    const longer = thresholdOf({ deployment: { ...deployment, batchIntervalSeconds: 1_200 } });
    expect(fixed.find(({ what, factor }) => what === 'batch interval' && factor === 10)?.thresholdSeconds).toBe(longer);
  });
});
