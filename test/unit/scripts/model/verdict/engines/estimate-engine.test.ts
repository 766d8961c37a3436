import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultDeployment } from '#model/deployment.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import { ENGINES, type EngineName, STANDARD_INPUTS } from '#model/verdict/engines/engine-inputs.ts';
import { type EngineEstimate, estimateEngine } from '#model/verdict/engines/estimate-engine.ts';
import { createScenario, prepareScenario } from '#model/verdict/scenario.ts';
import { ONE_KEY } from '#test/unit/scripts/model/timing/one-key.ts';
import { anyScenario, anyWindow } from '../any-scenario.ts';

const SCENARIO = createScenario({ workload: ONE_KEY });
const at = (engine: EngineName, windowSeconds: number, given = {}, inputs = STANDARD_INPUTS): EngineEstimate =>
  estimateEngine(STANDARD_MODEL, prepareScenario({ ...SCENARIO, ...given }), windowSeconds, engine, inputs);
const usdOf = ({ terms }: EngineEstimate, id: string): number => terms.find((term) => term.id === id)?.costUsd ?? 0;

describe('estimateEngine', () => {
  it.each<[id: string, usd: number]>([
    ['flink-kpus', 80.3], // 1 × 730 h × 0.11
    ['flink-orchestration', 80.3],
    ['flink-storage', 5], // 50 GB × 0.10
    ['stream-shards', 10.95], // 730 h × 0.015
    ['stream-puts', 3.6792], // 100/s × 2,628,000 s × 0.014 / 10⁶
    ['endpoint-zones', 14.6], // 2 × 730 h × 0.01
    ['dashboard', 3],
    ['database-compute', 43.8], // 730 h × 0.5 ACU × 0.12: it never pauses
    // 8,760 windows × 2 rows × 308 bytes and as many commits of 2,000 bytes, by 4,096: 5,594.77 × 0.20 / 10⁶
    ['flink-io', 0.001118953],
    // (20,000 bytes/s × 4/3 + 100 records/s × 220) × 2,628,000 s = 119.112432 GB × 0.01
    ['flink-endpoint', 1.191124],
  ])('prices Flink, always on: %s', (id, usd) => {
    expect(usdOf(at('flink', 300), id) / usd).toBeCloseTo(1, 5);
  });

  it('adds the terms up, largest first', () => {
    const { costUsd, terms } = at('flink', 300);
    const usd = terms.map((term) => term.costUsd);
    expect(costUsd).toBeCloseTo(
      usd.reduce((sum, each) => sum + each, 0),
      9,
    );
    expect(usd).toEqual([...usd].sort((a, b) => b - a));
    // 165.60 of its own; 14.68 stream, 20.30 standing, 45.09 database and reading
    expect(costUsd).toBeCloseTo(245.68, 1);
  });

  it('gives Flink KPUs for twice its load', () => {
    // 100,000 events/s ÷ (39,200 × 0.5) = 5.1
    const busy = { workload: { ...ONE_KEY, eventsPerSecond: 100_000 } };
    expect(usdOf(at('flink', 300, busy), 'flink-kpus')).toBeCloseTo(6 * 80.3, 6);
    expect(usdOf(at('flink', 300, busy), 'flink-storage')).toBeCloseTo(6 * 5, 9);
    expect(usdOf(at('flink', 300, busy), 'flink-orchestration')).toBeCloseTo(80.3, 9);
  });

  it('bills a Spark run for a minute at least', () => {
    // A run reads 6 MB in 3 s and was billed 16 s of start-up: 60 s × 8,760 runs = 146 h; 3 vCPUs and 12 GB; 2 DPUs
    expect(usdOf(at('emr', 300), 'emr-vcpus')).toBeCloseTo(3 * 146 * 0.052624, 6);
    expect(usdOf(at('emr', 300), 'emr-memory')).toBeCloseTo(12 * 146 * 0.0057785, 6);
    expect(usdOf(at('glue', 300), 'glue-dpus')).toBeCloseTo(2 * 146 * 0.44, 6);
  });

  it('bills a longer run for what it takes, with as much of the start-up as is billed', () => {
    // 2 hours: 144 MB in 72 s, + 16 s = 88 s × 365 runs; or + 180 s = 252 s
    expect(usdOf(at('glue', 7_200), 'glue-dpus')).toBeCloseTo(2 * ((88 * 365) / 3_600) * 0.44, 6);
    const inputs = { ...STANDARD_INPUTS, sparkBilledStartUpSeconds: 200 };
    expect(usdOf(at('glue', 7_200, {}, inputs), 'glue-dpus')).toBeCloseTo(2 * ((252 * 365) / 3_600) * 0.44, 6);
  });

  it('gives Spark more workers where a run would take more than a quarter of its window', () => {
    // 100,000 events/s × 3,600 s ÷ 62,500 = 5,760 vCPU-seconds in 900 s: 6.4 vCPUs, 4 executors of 2, or 2 DPUs of 4 and the driver
    const busy = { workload: { ...ONE_KEY, eventsPerSecond: 100_000 } };
    const [emr, glue] = [at('emr', 3_600, busy), at('glue', 3_600, busy)];
    // 5,760 ÷ 8 vCPUs = 720 s, more than reading takes; with the start-up 736 s × 730 runs
    const hours = (736 * 730) / 3_600;
    expect(usdOf(emr, 'emr-vcpus')).toBeCloseTo(9 * hours * 0.052624, 4);
    expect(usdOf(emr, 'emr-memory')).toBeCloseTo((4 + 4 * 8) * hours * 0.0057785, 4);
    expect(usdOf(glue, 'glue-dpus')).toBeCloseTo(3 * hours * 0.44, 4);
  });

  it('waits for the watermark alone where it is always on, and for tick, start-up and run where it is not', () => {
    // Flink: 15 s bound + 1 s; Spark: 60 s to the tick behind 17 s of lag, 30 s until it fires, 180 s start-up, 3 s reading
    expect(at('flink', 300)).toMatchObject({ finalitySeconds: 16, freshnessSeconds: 166, runSeconds: null });
    const emr = at('emr', 300);
    expect(emr.runSeconds).toBeCloseTo(183, 9);
    expect(emr.finalitySeconds).toBeCloseTo(273, 9);
    expect(emr.freshnessSeconds).toBeCloseTo(423, 9);
  });

  it('waits for no tick where runs are called when they are due', () => {
    // 17 s of lag, 180 s start-up, 3 s reading
    const called = { deployment: { ...defaultDeployment('both'), tickSeconds: 0 } };
    expect(at('glue', 300, called).finalitySeconds).toBeCloseTo(200, 9);
  });

  it('pays one tick for each run of Spark, and none for Flink', () => {
    // 8,760 runs × 1.00 / 10⁶; 365 of two hours, although the scheduler asks our own batch at each hour
    expect(usdOf(at('emr', 300), 'emr-ticks')).toBeCloseTo(0.00876, 9);
    expect(usdOf(at('glue', 7_200), 'glue-ticks')).toBeCloseTo(0.000365, 9);
    expect(at('flink', 300).terms.some(({ id }) => id.endsWith('ticks'))).toBe(false);
  });

  it('lets Spark’s database sleep between runs, and wait for it at the end of each', () => {
    // (15 + 300) / 3,600, and next to nothing for two rows; 36 s reading, and 15 s until the database is back
    const hourly = at('emr', 3_600);
    expect(hourly.awakeShare).toBeCloseTo(0.0875, 6);
    expect(hourly.runSeconds).toBeCloseTo(180 + 36 + 15, 6);
    expect(at('flink', 3_600).awakeShare).toBe(1);
    const always = { deployment: { ...defaultDeployment('both'), regime: 'always-on' as const } };
    expect(at('emr', 3_600, always).runSeconds).toBeCloseTo(180 + 36, 6);
  });

  it('counts what its reader waits at what freshness is worth', () => {
    const partial = at('emr', 300, { freshnessUsd: 60 });
    const final = at('emr', 300, { freshnessUsd: 60, reader: 'final' });
    expect(partial.objectiveUsd - partial.costUsd).toBeCloseTo(423, 6);
    expect(final.objectiveUsd - final.costUsd).toBeCloseTo(273, 6);
  });

  it('is impossible where a run takes longer than its window', () => {
    expect([at('emr', 180).possible, at('emr', 240).possible, at('flink', 60).possible]).toEqual([false, true, true]);
  });

  it('keeps records for two windows for a run, not for Flink', () => {
    expect(usdOf(at('emr', 43_200), 'stream-retention')).toBeCloseTo(14.6, 6); // 730 h × 0.02
    expect(usdOf(at('flink', 43_200), 'stream-retention')).toBe(0);
  });

  it('has finite figures wherever the sliders stand', () => {
    fc.assert(
      fc.property(anyScenario, anyWindow, fc.constantFrom(...ENGINES), (scenario, windowSeconds, engine) => {
        const { costUsd, objectiveUsd, delaySeconds } = estimateEngine(
          STANDARD_MODEL,
          prepareScenario(scenario),
          windowSeconds,
          engine,
        );
        expect([costUsd, objectiveUsd, delaySeconds].every((value) => Number.isFinite(value) && value > 0)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
