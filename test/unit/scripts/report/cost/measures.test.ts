import { describe, expect, it } from 'vitest';
import { estimateMonthlyCost } from '#model/cost/monthly-cost.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';
import { estimateSavings, type Saving } from '#report/cost/measures.ts';
import {
  BOTH,
  inputsOf,
  MICRO_BATCH,
  ONE_KEY,
  planOf,
  SCHEDULED_BATCH,
} from '#test/unit/scripts/model/timing/one-key.ts';

const savings = estimateSavings(STANDARD_MODEL, inputsOf(GENERATED_LOAD, BOTH));

function savingBy(what: string, among: readonly Saving[] = savings): Saving | undefined {
  return among.find((saving) => saving.what === what);
}

describe('estimateSavings', () => {
  it('is the difference to the bill of the other choice', () => {
    const both = estimateMonthlyCost(STANDARD_MODEL.prices, planOf(GENERATED_LOAD, BOTH));
    const alone = estimateMonthlyCost(STANDARD_MODEL.prices, planOf(GENERATED_LOAD, SCHEDULED_BATCH));
    const saving = savingBy('Only the scheduled batch');
    expect(saving?.loadUsd).toBeCloseTo(both.totalUsd - alone.totalUsd, 9);
    expect(saving?.idleUsd).toBeCloseTo(both.idleUsd - alone.idleUsd, 9);
  });

  it.each([
    ['The endpoint in one zone', 7.3], // 730 h × 0.01
    ['No dashboard', 3],
    ['No metrics of our own', 3], // 10 × 0.30
  ])('%s saves %d USD, events or none', (what, usd) => {
    expect(savingBy(what)?.idleUsd).toBeCloseTo(usd, 9);
    expect(savingBy(what)?.loadUsd).toBeCloseTo(usd, 9);
  });

  it('packs records that linger for a second into fewer PUT units', () => {
    // 390.2439 records/s before; 64 × 15.625 / (1 + 15.625) = 60.15038 after: 330.0935 × 2.628 million s × 0.014 = 12.1448 USD,
    // and less CPU, fewer bytes through the endpoint
    expect(savingBy('Records that fill for a second')?.loadUsd).toBeGreaterThan(12.1448);
    expect(savingBy('Records that fill for a second')?.idleUsd).toBe(0);
  });

  it('puts the greatest first', () => {
    const usd = savings.map(({ loadUsd }) => loadUsd);
    expect(usd).toEqual([...usd].sort((a, b) => b - a));
    expect(savings.length).toBeGreaterThan(8);
  });

  it('leaves out what is done already or would save nothing', () => {
    const alone = estimateSavings(STANDARD_MODEL, inputsOf(ONE_KEY, { ...MICRO_BATCH, dashboards: 0 }));
    const names = alone.map(({ what }) => what);
    expect(names).not.toContain('Only micro-batches');
    expect(names).not.toContain('No dashboard');
    expect(names).not.toContain('The endpoint in one zone');
    expect(
      savingBy(
        'Windows of an hour',
        estimateSavings(STANDARD_MODEL, inputsOf(ONE_KEY, { ...BOTH, windowSeconds: 7_200 })),
      ),
    ).toBe(undefined);
  });
});
