import { describe, expect, it } from 'vitest';
import { estimateMonthlyCost } from '#model/cost/monthly-cost.ts';
import { planDeployment } from '#model/plan/plan-deployment.ts';
import { prepareWorkload } from '#model/workload/workload.ts';
import {
  costedWindow,
  createCostReader,
  drainedWindows,
  type LiveMetricName,
  readDrain,
  readLive,
} from '#report/compare/readings.ts';
import { modelOf } from '#report/definition/model-of.ts';
import type { DrainReport, PathReport, Report, Slice } from '#report/definition/report.ts';
import { evaluateScheduledBatch } from '#test/support/evaluated-paths.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';
import { DRAINS } from '#test/support/report-phases.ts';

const SLICE: Slice = {
  fromMs: 0,
  toMs: 6_000,
  freshnessMs: { p50: 51, p95: 61, p99: 71, max: 81, mean: 55, count: 500 },
  events: 500,
  rowsWritten: 250,
  cpuMs: 20,
  invocations: 2,
};

const PATH: PathReport = {
  ...EXACT_REPORT.paths.microBatch,
  freshnessMs: { p50: 50, p95: 60, p99: 70, max: 80, mean: 54, count: 5_000 },
  endToEndMs: { p50: 51, p95: 63, p99: 71, max: 81, mean: 55, count: 5_000 },
  finalityMs: { p50: 2_050, p95: 2_060, p99: 2_070, max: 2_080, mean: 2_054, count: 12 },
  events: 5_000,
  invocations: 20,
  rowsWritten: 3_000,
  rowsFinal: 1_200,
  cpuMs: 150,
  billedDurationMs: 400,
  slices: [SLICE, { ...SLICE, freshnessMs: null, events: 0, rowsWritten: 0, cpuMs: 0, invocations: 0 }],
};

function reportOf(path: Partial<PathReport>, repeats: Partial<PathReport>[] = []) {
  const microBatch = { ...PATH, ...path };
  return changedReport({
    paths: { ...EXACT_REPORT.paths, microBatch },
    repeats: repeats.map((each) => ({
      run: EXACT_REPORT.run,
      exact: true,
      paths: { microBatch: { ...microBatch, ...each }, scheduledBatch: EXACT_REPORT.paths.scheduledBatch },
    })),
  });
}

describe('readLive', () => {
  it.each<[LiveMetricName, number, (number | null)[]]>([
    ['freshness.mean', 54, [55, null]],
    ['freshness.p50', 50, [51, null]],
    ['freshness.p95', 60, [61, null]],
    ['freshness.p99', 70, [71, null]],
    ['end-to-end.p95', 63, [64, null]], // slices don't have it: later by as much as freshness is
    ['finality.p50', 2_050, [2_051, null]],
    ['finality.p95', 2_060, [2_061, null]],
    ['rows', 2.5, [0.5, null]],
    ['invocations', 4_000, [4_000, null]],
    ['cpu', 30, [40, null]],
    ['billed', 80, [40, null]],
  ])('reads %s of the run and of its slices', (name, value, slices) => {
    expect(readLive(reportOf({}), name, 'micro-batch')).toEqual({ value, repeats: [], slices });
  });

  it('reads either path', () => {
    const { scheduledBatch } = EXACT_REPORT.paths;
    expect(readLive(reportOf({}), 'freshness.p50', 'scheduled-batch')).toMatchObject({
      value: scheduledBatch.freshnessMs?.p50,
    });
  });

  it('takes the mean of the repeats, the first run among them', () => {
    const repeats = [{}, { rowsWritten: 3_600 }, { rowsWritten: 3_300, rowsFinal: 1_000 }];
    expect(readLive(reportOf({}, repeats), 'rows', 'micro-batch')).toMatchObject({
      value: expect.closeTo((2.5 + 3 + 3.3) / 3, 12),
      repeats: [2.5, 3, 3.3],
    });
  });

  it('takes one repeat for none', () => {
    expect(readLive(reportOf({}, [{}]), 'rows', 'micro-batch')).toMatchObject({ value: 2.5, repeats: [] });
  });

  it('leaves out repeats that lack it', () => {
    const repeats = [{}, { billedDurationMs: null }, { billedDurationMs: 500 }];
    expect(readLive(reportOf({}, repeats), 'billed', 'micro-batch')).toMatchObject({ repeats: [80, 100], value: 90 });
  });

  it.each<[LiveMetricName, Partial<PathReport>, string]>([
    ['freshness.p99', { freshnessMs: null }, 'has no counted events'],
    ['end-to-end.p95', { endToEndMs: null }, 'has no counted events'],
    ['finality.p95', { finalityMs: null }, 'has no window that became final'],
    ['rows', { rowsFinal: 0 }, 'has no rows'],
    ['invocations', { events: 0 }, 'has no counted events'],
    ['cpu', { events: 0 }, 'has no counted events'],
    [
      'freshness.p50',
      { freshnessMs: { p50: 0, p95: 1, p99: 1, max: 1, mean: 1, count: 9 } },
      'has a value that is not above 0',
    ],
    ['billed', { billedDurationMs: null }, 'has no billed duration from its platform'],
  ])('says why it has no %s', (name, path, missing) => {
    expect(readLive(reportOf(path), name, 'micro-batch')).toEqual({ missing });
  });
});

const MINUTE = 60_000;
const [ofOneMinute, ofFive] = DRAINS as [DrainReport, DrainReport];

describe('readDrain', () => {
  it('reads what took how long, and how fast the micro-batch path caught up', () => {
    expect(readDrain(EXACT_REPORT, 'batch-cold', 5 * MINUTE)).toMatchObject({ value: ofFive.cold?.durationMs });
    expect(readDrain(EXACT_REPORT, 'batch-warm', 5 * MINUTE)).toMatchObject({ value: ofFive.warm.durationMs });
    expect(readDrain(EXACT_REPORT, 'catch-up', MINUTE)).toEqual({ value: 40_000, repeats: [], slices: [] });
  });

  it('says what is missing', () => {
    expect(readDrain(EXACT_REPORT, 'batch-warm', 2 * MINUTE)).toEqual({ missing: 'has no drain of 2m' });
    const report = changedReport({ drains: [{ ...ofOneMinute, cold: null }] });
    expect(readDrain(report, 'batch-cold', MINUTE)).toEqual({
      missing: "has no cold batch of 1m, since its target can't start one",
    });
  });
});

describe('drainedWindows', () => {
  it('lists the windows of both, rising', () => {
    const other = changedReport({ drains: [{ ...ofFive, windowMs: 2 * MINUTE }, ofFive] });
    expect(drainedWindows(EXACT_REPORT, other)).toEqual([MINUTE, 2 * MINUTE, 5 * MINUTE]);
  });
});

const { scenario, stream } = EXACT_REPORT;

function judging(...windowsSeconds: number[]): Report {
  return changedReport({ scenario: { ...scenario, windowsSeconds } });
}

describe('costedWindow', () => {
  it.each([
    [[60, 300], [300, 900], 300],
    [[60, 900, 1_800], [300, 900, 1_800], 900],
    [[60], [300], null],
  ])('of reports that judge %j and %j is %s', (one, two, windowSeconds) => {
    expect(costedWindow(judging(...one), judging(...two))).toBe(windowSeconds);
  });
});

describe('createCostReader', () => {
  it('is what the verdict says of the batch', () => {
    const { costUsd } = evaluateScheduledBatch(modelOf(EXACT_REPORT), scenario, 300);
    expect(createCostReader(EXACT_REPORT, 300)('scheduled-batch')).toMatchObject({ value: expect.closeTo(costUsd, 6) });
  });

  it('is that of the micro-batch path with the mapping that was run', () => {
    const costWith = (batchingWindowSeconds: number): unknown =>
      createCostReader(
        changedReport({ stream: { ...stream, mapping: { batchSize: 10_000, batchingWindowSeconds } } }),
        300,
      )('micro-batch');
    const { parameters, prices } = modelOf(EXACT_REPORT);
    const plan = planDeployment(parameters, prepareWorkload(scenario.workload), {
      ...scenario.deployment,
      paths: 'micro-batch',
      windowSeconds: 300,
      batchingWindowSeconds: 60,
      batchSize: 10_000,
      alarmMetrics: 15,
      customMetrics: 5,
      endpointZones: 1,
    });
    const { totalUsd } = estimateMonthlyCost(prices, plan);
    expect(costWith(60)).toMatchObject({ value: expect.closeTo(totalUsd, 6) });
    expect(costWith(0)).not.toEqual(costWith(60));
  });

  it('says why there is none', () => {
    expect(createCostReader(EXACT_REPORT, null)('micro-batch')).toEqual({
      missing: 'judges none of the windows that the other one does',
    });
  });

  it('prices no model of another version, which lacks a parameter or a price', () => {
    const missing = 'has a model that this version of Tidemark cannot price';
    const { hoursPerMonth: _, ...parameters } = EXACT_REPORT.model.parameters;
    const { 'lambda-request': __, ...table } = EXACT_REPORT.prices.table;
    const model = { ...EXACT_REPORT.model, parameters } as Report['model'];
    const prices = { ...EXACT_REPORT.prices, table } as Report['prices'];
    expect(createCostReader(changedReport({ model }), 300)('micro-batch')).toEqual({ missing });
    expect(createCostReader(changedReport({ prices }), 300)('scheduled-batch')).toEqual({ missing });
  });
});
