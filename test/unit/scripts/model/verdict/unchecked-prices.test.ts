import { describe, expect, it } from 'vitest';
import { STANDARD_MODEL } from '#model/model.ts';
import { createScenario, prepareScenario, type Scenario } from '#model/verdict/scenario.ts';
import { listUnchecked } from '#model/verdict/warnings.ts';
import { batchChoice, streamChoice } from './choices.ts';

const SCENARIO = createScenario();

function differencesAt(windowSeconds: number, deployment: Partial<Scenario['deployment']> = {}) {
  const scenario = { ...SCENARIO, deployment: { ...SCENARIO.deployment, ...deployment } };
  const choices = { stream: streamChoice({ windowSeconds }), batch: batchChoice({ windowSeconds }) };
  const lines = listUnchecked(STANDARD_MODEL, prepareScenario(scenario), choices);
  return Object.fromEntries(
    lines.flatMap(({ label, differenceUsd }) => (differenceUsd === 0 ? [] : [[label, differenceUsd]])),
  );
}

describe('listUnchecked', () => {
  it("has the batch's ticks, 1 USD a million", () => {
    // 730 hours of 12 runs
    expect(differencesAt(300)).toEqual({ 'Scheduled batch: schedule': expect.closeTo(0.00876, 9) });
  });

  it('has the stream that is kept beyond 24 hours for two runs of 12, 0.02 USD an hour', () => {
    expect(differencesAt(43_200)).toMatchObject({ 'Stream: kept beyond 24 h': expect.closeTo(14.6, 9) });
    expect(differencesAt(36_000)).not.toHaveProperty('Stream: kept beyond 24 h');
  });

  it('has no difference in what both choices pay', () => {
    expect(differencesAt(43_200, { retentionHours: 72 })).not.toHaveProperty('Stream: kept beyond 24 h');
  });

  it('has nothing of prices that AWS names', () => {
    const checked = Object.entries(STANDARD_MODEL.prices).map(([id, price]) => [id, { ...price, grade: 'A' }]);
    const model = { ...STANDARD_MODEL, prices: Object.fromEntries(checked) };
    expect(listUnchecked(model, prepareScenario(SCENARIO), { stream: streamChoice(), batch: batchChoice() })).toEqual(
      [],
    );
  });
});
