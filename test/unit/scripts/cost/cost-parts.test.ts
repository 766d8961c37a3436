import { describe, expect, it } from 'vitest';
import { estimateCostParts } from '../../../../scripts/cost/cost-parts.ts';
import { estimateMonthlyCost } from '../../../../scripts/cost/monthly-cost.ts';
import { defaultDeployment, PATHS_CHOICES, REGIMES } from '../../../../scripts/model/deployment.ts';
import { STANDARD_MODEL } from '../../../../scripts/model/model.ts';
import { GENERATED_LOAD } from '../../../../scripts/model/workload.ts';
import { BOTH } from '../model/one-key.ts';

describe('estimateCostParts', () => {
  it.each(PATHS_CHOICES.flatMap((paths) => REGIMES.map((regime) => [paths, regime] as const)))(
    'agrees with the terms: %s, %s',
    (paths, regime) => {
      for (const eventsPerSecond of [0, 0.01, 500, 200_000]) {
        for (const windowSeconds of [60, 420, 3_600, 86_400]) {
          const workload = { ...GENERATED_LOAD, eventsPerSecond };
          const deployment = { ...defaultDeployment(paths), regime, windowSeconds };
          const cost = estimateMonthlyCost(STANDARD_MODEL, workload, deployment);
          const sum = (part: (term: (typeof cost.terms)[number]) => number): number =>
            cost.terms.reduce((total, term) => total + part(term), 0);
          const parts = estimateCostParts(STANDARD_MODEL, workload, deployment);
          expect(parts.totalUsd).toBeCloseTo(cost.totalUsd, 6);
          expect(parts.sharedUsd).toBeCloseTo(
            sum(({ owner, costUsd }) => (owner === 'shared' ? costUsd : 0)),
            6,
          );
          expect(parts.fixedUsd).toBeCloseTo(
            sum(({ owner, idleUsd }) => (owner === 'shared' ? 0 : idleUsd)),
            6,
          );
          expect(parts.sharedUsd + parts.fixedUsd + parts.variableUsd).toBeCloseTo(parts.totalUsd, 9);
          expect(parts.awakeShare).toBe(cost.awakeShare);
          expect(parts.batchRun?.seconds ?? null).toBe(cost.batchSeconds);
        }
      }
    },
  );

  it('has what both paths share in the shared part where both stand', () => {
    const { sharedUsd, fixedUsd } = estimateCostParts(STANDARD_MODEL, GENERATED_LOAD, BOTH);
    expect(sharedUsd).toBeGreaterThan(43.8); // the database among it
    expect(fixedUsd).toBeLessThan(1);
  });
});
