import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultDeployment } from '#model/deployment.ts';
import { whyImpossible } from '#model/limits/limit.ts';
import { type Model, STANDARD_MODEL } from '#model/model.ts';
import { DECISIONS } from '#model/verdict/choice.ts';
import { comparePaths } from '#model/verdict/compare-paths.ts';
import { createScenario, prepareScenario } from '#model/verdict/scenario.ts';
import { judgeComparedPaths, judgeWindow } from '#model/verdict/verdict.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';
import { sayReason } from '#report/words/reason.ts';
import { anyScenario, anyWindow } from './any-scenario.ts';

const scenario = createScenario({ workload: { ...GENERATED_LOAD, eventsPerSecond: 500 } });
const compared = comparePaths(STANDARD_MODEL, prepareScenario(scenario), 300);
const decisionAt = (lowUsd: number, highUsd: number, given = compared): string =>
  judgeComparedPaths(
    STANDARD_MODEL,
    prepareScenario(scenario),
    { ...given, differenceUsd: (lowUsd + highUsd) / 2 },
    { lowUsd, highUsd },
  ).decision;

describe('judgeComparedPaths', () => {
  it('is either where the band of the difference holds 0, ends included', () => {
    expect([decisionAt(-1, 1), decisionAt(0, 2), decisionAt(-2, 0)]).toEqual(['either', 'either', 'either']);
  });

  it('is stream where the batch has the higher objective, batch where it has the lower one', () => {
    expect([decisionAt(0.01, 2), decisionAt(-2, -0.01)]).toEqual(['stream', 'batch']);
  });

  it('is what is left where one path is impossible, and either where both are', () => {
    const [stream, batch] = [
      { ...compared.stream, possible: false },
      { ...compared.batch, possible: false },
    ];
    expect(decisionAt(-3, -1, { ...compared, batch })).toBe('stream');
    expect(decisionAt(1, 3, { ...compared, stream })).toBe('batch');
    expect(decisionAt(1, 3, { ...compared, stream, batch })).toBe('either');
  });
});

describe('judgeWindow', () => {
  it('says that a batch by the hour lets the database sleep', () => {
    const verdict = judgeWindow(STANDARD_MODEL, prepareScenario(scenario), 3_600);
    const { decision, batch, reason, differenceUsd } = verdict;
    expect(decision).toBe('batch');
    expect(differenceUsd).toBeCloseTo(
      batch.costUsd - judgeWindow(STANDARD_MODEL, prepareScenario(scenario), 3_600).stream.costUsd,
      9,
    );
    expect(reason).toMatchObject({ kind: 'cheaper', winner: 'batch', saving: { kind: 'sleep' } });
    expect(sayReason('partial', verdict)).toMatch(
      /^batch is \d+\.\d\d USD a month cheaper: its database sleeps 8\d % of the time$/,
    );
  });

  it('is impossible for a batch that falls behind for good', () => {
    const parameters = { ...STANDARD_MODEL.parameters, scheduledBatchCpuMsPerEvent: 10 };
    const { decision, reason, batch } = judgeWindow(
      { ...STANDARD_MODEL, parameters },
      prepareScenario(scenario),
      3_600,
    );
    expect(decision).toBe('stream');
    expect(reason).toEqual({ kind: 'impossible', sides: ['batch'] });
    expect(whyImpossible(batch)).toMatch(/falls behind for good/);
  });

  it('has a wider band the worse the fit is', () => {
    const widthAt = (error: number): number => {
      const model: Model = { ...STANDARD_MODEL, cpuError: { microBatch: error, scheduledBatch: error } };
      const { lowUsd, highUsd, differenceUsd } = judgeWindow(model, prepareScenario(scenario), 300);
      expect(lowUsd).toBeLessThanOrEqual(differenceUsd);
      expect(highUsd).toBeGreaterThanOrEqual(differenceUsd);
      return highUsd - lowUsd;
    };
    expect(widthAt(0.5)).toBeGreaterThan(widthAt(0.05));
  });

  it('never finds the batch preferable because freshness is worth more to readers of counts as they grow', () => {
    fc.assert(
      fc.property(anyScenario, anyWindow, fc.integer({ min: 1, max: 500 }), (each, windowSeconds, moreUsd) => {
        const partial = { ...each, reader: 'partial' as const };
        const before = comparePaths(STANDARD_MODEL, prepareScenario(partial), windowSeconds);
        const after = comparePaths(
          STANDARD_MODEL,
          prepareScenario({ ...partial, freshnessUsd: partial.freshnessUsd + moreUsd }),
          windowSeconds,
        );
        // Rounding of sums: the objectives may be millions.
        const rounding = 1e-9 * before.batch.objectiveUsd;
        expect(after.differenceUsd).toBeGreaterThanOrEqual(before.differenceUsd - rounding);
      }),
      { numRuns: 100 },
    );
  });

  it('is one of three decisions with figures, wherever the sliders stand', () => {
    fc.assert(
      fc.property(anyScenario, anyWindow, (each, windowSeconds) => {
        const verdict = judgeWindow(STANDARD_MODEL, prepareScenario(each), windowSeconds);
        expect(DECISIONS).toContain(verdict.decision);
        expect(JSON.stringify(verdict)).not.toMatch(/NaN|Infinity|undefined|:null,"(cost|delay|fresh)/);
        expect([verdict.differenceUsd, verdict.lowUsd, verdict.highUsd].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('knows a database that is always on', () => {
    const always = { ...scenario, deployment: { ...defaultDeployment('both'), regime: 'always-on' as const } };
    const { stream, batch } = judgeWindow(STANDARD_MODEL, prepareScenario(always), 3_600);
    expect([stream.awakeShare, batch.awakeShare]).toEqual([1, 1]);
  });
});
