import { describe, expect, it } from 'vitest';
import { estimateMonthlyCost } from '#model/cost/monthly-cost.ts';
import { costedWindow, readCost } from '#report/compare/modelled-readings.ts';
import { modelOf } from '#report/definition/model-of.ts';
import type { Report } from '#report/definition/report.ts';
import { evaluateScheduledBatch } from '#test/support/evaluated-paths.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

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

describe('readCost', () => {
  it('is what the verdict says of the batch', () => {
    const { costUsd } = evaluateScheduledBatch(modelOf(EXACT_REPORT), scenario, 300);
    expect(readCost(EXACT_REPORT, 'scheduled-batch', 300)).toMatchObject({ value: expect.closeTo(costUsd, 6) });
  });

  it('is that of the micro-batch path with the mapping that was run', () => {
    const costWith = (batchingWindowSeconds: number): unknown =>
      readCost(
        changedReport({ stream: { ...stream, mapping: { batchSize: 10_000, batchingWindowSeconds } } }),
        'micro-batch',
        300,
      );
    const { totalUsd } = estimateMonthlyCost(modelOf(EXACT_REPORT), scenario.workload, {
      ...scenario.deployment,
      paths: 'micro-batch',
      windowSeconds: 300,
      batchingWindowSeconds: 60,
      batchSize: 10_000,
      alarmMetrics: 15,
      customMetrics: 5,
      endpointZones: 1,
    });
    expect(costWith(60)).toMatchObject({ value: expect.closeTo(totalUsd, 6) });
    expect(costWith(0)).not.toEqual(costWith(60));
  });

  it('says why there is none', () => {
    expect(readCost(EXACT_REPORT, 'micro-batch', null)).toEqual({
      missing: 'judges none of the windows that the other one does',
    });
  });

  it('prices no model of another version, which lacks a parameter or a price', () => {
    const missing = 'has a model that this version of Tidemark cannot price';
    const { hoursPerMonth: _, ...parameters } = EXACT_REPORT.model.parameters;
    const { 'lambda-request': __, ...table } = EXACT_REPORT.prices.table;
    const model = { ...EXACT_REPORT.model, parameters } as Report['model'];
    const prices = { ...EXACT_REPORT.prices, table } as Report['prices'];
    expect(readCost(changedReport({ model }), 'micro-batch', 300)).toEqual({ missing });
    expect(readCost(changedReport({ prices }), 'scheduled-batch', 300)).toEqual({ missing });
  });
});
