import { describe, expect, it } from 'vitest';
import { STANDARD_MODEL } from '#model/model.ts';
import { STANDARD_INPUTS } from '#model/verdict/engines/engine-inputs.ts';
import { estimateEngine } from '#model/verdict/engines/estimate-engine.ts';
import { testRule } from '#model/verdict/engines/test-rule.ts';
import { createScenario, prepareScenario } from '#model/verdict/scenario.ts';
import { decide } from '#model/verdict/verdict.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';

const SCENARIO = createScenario({ workload: { ...GENERATED_LOAD, eventsPerSecond: 500 } });
const rows = testRule(STANDARD_MODEL, prepareScenario(SCENARIO));

describe('testRule', () => {
  it('tests Flink against Spark on both services under four starts, and the project’s own paths', () => {
    expect(rows.map(({ batch, startUpSeconds }) => [batch, startUpSeconds])).toEqual([
      ...['EMR Serverless Spark', 'Glue Spark'].flatMap((batch) => [180, 180, 30, 15].map((start) => [batch, start])),
      ['the scheduled-batch path', null],
    ]);
  });

  it('finds the smallest window at which the run has the lower objective', () => {
    const inputs = { ...STANDARD_INPUTS, sparkStartUpSeconds: 180, sparkBilledStartUpSeconds: 180 };
    const thresholdSeconds = rows[4]?.thresholdSeconds ?? Number.NaN;
    const savedUsd = (windowSeconds: number): number => {
      const [flink, glue] = (['flink', 'glue'] as const).map((engine) =>
        estimateEngine(STANDARD_MODEL, prepareScenario(SCENARIO), windowSeconds, engine, inputs),
      );
      return (flink?.objectiveUsd ?? Number.NaN) - (glue?.objectiveUsd ?? Number.NaN);
    };
    expect(savedUsd(thresholdSeconds)).toBeGreaterThanOrEqual(0);
    expect(savedUsd(thresholdSeconds - 60)).toBeLessThan(0);
  });

  it('needs no longer window for a faster start', () => {
    for (const service of [rows.slice(0, 4), rows.slice(4, 8)]) {
      const thresholds = service.map(({ thresholdSeconds }) => thresholdSeconds ?? Number.POSITIVE_INFINITY);
      expect(thresholds).toEqual([...thresholds].sort((a, b) => b - a));
    }
  });

  it('has the verdict’s threshold for the project’s own paths', () => {
    expect(rows.at(-1)?.thresholdSeconds).toBe(decide(STANDARD_MODEL, prepareScenario(SCENARIO)).thresholdSeconds);
  });

  it('says where the threshold falls beside the rule’s hour', () => {
    expect(rows[0]?.sentence).toBe(
      'Spark takes 180 s to start, all of it billed; 1 minute is billed at least: EMR Serverless Spark is better than ' +
        'Managed Service for Apache Flink from 4 minutes on, not only from about 1 hour.',
    );
    expect(rows.at(-1)?.sentence).toMatch(
      /^This project, each run cold: the scheduled-batch path is better than the micro-batch path from \d+ minutes on, /,
    );
  });

  describe('with what is given of Spark', () => {
    const given = testRule(STANDARD_MODEL, prepareScenario(SCENARIO), { startUpSeconds: 0, billingMinimumSeconds: 0 });
    const assumptionsOf = (from: typeof given): string[] =>
      from.map(({ assumptions }) => assumptions).filter((assumptions) => assumptions.startsWith('As given'));

    it('has a row more for each service, beside the same others', () => {
      expect(given.filter(({ assumptions }) => !assumptions.startsWith('As given'))).toEqual(rows);
      expect(given[4]).toMatchObject({ batch: 'EMR Serverless Spark', startUpSeconds: 0 });
      expect(given[9]).toMatchObject({ batch: 'Glue Spark', startUpSeconds: 0 });
      expect(assumptionsOf(given)).toEqual(
        new Array(2).fill('As given: Spark takes 0 s to start; no minimum is billed'),
      );
    });

    it('leaves what is not given as assumed', () => {
      expect(assumptionsOf(testRule(STANDARD_MODEL, prepareScenario(SCENARIO), { startUpSeconds: 90 }))[0]).toBe(
        'As given: Spark takes 90 s to start; 1 minute is billed at least',
      );
      expect(
        assumptionsOf(testRule(STANDARD_MODEL, prepareScenario(SCENARIO), { billingMinimumSeconds: 600 }))[1],
      ).toBe('As given: Spark takes 180 s to start; 10 minutes is billed at least');
    });

    it('counts both: nothing to wait for and no minimum need no longer window, ten minutes billed a longer one', () => {
      const glue = (from: typeof given): number =>
        from.findLast(({ batch }) => batch === 'Glue Spark')?.thresholdSeconds ?? Number.NaN;
      const dear = testRule(STANDARD_MODEL, prepareScenario(SCENARIO), {
        startUpSeconds: 0,
        billingMinimumSeconds: 600,
      });
      expect(glue(given)).toBeLessThan(glue(rows));
      expect(glue(dear)).toBeGreaterThan(glue(rows));
    });
  });

  it('says that the run never is the better one, where freshness is worth a lot', () => {
    const dear = testRule(STANDARD_MODEL, prepareScenario({ ...SCENARIO, freshnessUsd: 1_000, reader: 'final' }));
    expect(dear[0]?.thresholdSeconds).toBeNull();
    expect(dear[0]?.sentence).toMatch(/: Managed Service for Apache Flink is better at every window up to a day\.$/);
  });
});
