import { describe, expect, it } from 'vitest';
import { defaultDeployment, type Regime } from '#model/deployment.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import { planDeployment } from '#model/plan/plan-deployment.ts';
import {
  bandOf,
  type ComparedPaths,
  comparePaths,
  isBatchBetter,
  mayBatchBeBetter,
} from '#model/verdict/compare-paths.ts';
import { createScenario, type PreparedScenario, prepareScenario } from '#model/verdict/scenario.ts';
import { type MovedInput, moveInputs } from '#model/verdict/uncertainty.ts';
import { ONE_KEY } from '../timing/one-key.ts';

const scenarioOn = (regime: Regime): PreparedScenario =>
  prepareScenario(createScenario({ workload: ONE_KEY, deployment: { ...defaultDeployment('both'), regime } }));

/** The ACU while awake, and nothing else: up to twice as many. */
const ACU: MovedInput[] = moveInputs(STANDARD_MODEL).filter(
  ({ low, high }) => low.acuAwakeFactor !== high.acuAwakeFactor,
);

describe('comparePaths', () => {
  it('takes the objective of streaming from that of the batch', () => {
    const { stream, batch, differenceUsd } = comparePaths(STANDARD_MODEL, scenarioOn('auto-pause'), 300);
    expect(differenceUsd).toBe(batch.objectiveUsd - stream.objectiveUsd);
    expect([stream.plan.deployment.paths, batch.plan.deployment.paths]).toEqual(['micro-batch', 'scheduled-batch']);
  });
});

describe('isBatchBetter', () => {
  const compared = comparePaths(STANDARD_MODEL, scenarioOn('auto-pause'), 300);
  const given = (stream: boolean, batch: boolean): ComparedPaths => ({
    ...compared,
    stream: { ...compared.stream, possible: stream },
    batch: { ...compared.batch, possible: batch },
  });

  it.each([
    [true, true, -1, true],
    [true, true, 0, true],
    [true, true, 0.01, false],
    [false, true, 5, true],
    [true, false, -5, false],
    [false, false, -5, false],
  ])('with streaming possible %s, the batch %s, at a difference of %d USD: %s', (stream, batch, usd, better) => {
    expect(isBatchBetter(given(stream, batch), usd)).toBe(better);
  });
});

describe('bandOf', () => {
  it('leaves out what both paths pay alike', () => {
    const scenario = scenarioOn('always-on');
    const compared = comparePaths(STANDARD_MODEL, scenario, 3_600);
    const { lowUsd, highUsd } = bandOf(STANDARD_MODEL, scenario, compared, ACU);
    expect(lowUsd).toBeCloseTo(compared.differenceUsd, 9);
    expect(highUsd).toBeCloseTo(compared.differenceUsd, 9);
  });

  it('moves the paths by what each pays: an ACU more costs streaming all month, and the batch while it is awake', () => {
    const scenario = scenarioOn('auto-pause');
    const compared = comparePaths(STANDARD_MODEL, scenario, 3_600);
    // 43.80 USD more for streaming; for the batch its share: 15 s, 36 s reading and next to nothing, 300 s of an hour
    const { lowUsd, highUsd } = bandOf(STANDARD_MODEL, scenario, compared, ACU);
    expect(highUsd).toBeCloseTo(compared.differenceUsd, 9);
    expect((compared.differenceUsd - lowUsd) / 43.8).toBeCloseTo(1 - 351.4 / 3_600, 2);
  });

  it('keeps the setting of streaming that was chosen', () => {
    const scenario = scenarioOn('auto-pause');
    const compared = comparePaths(STANDARD_MODEL, scenario, 300);
    const { plan } = compared.stream;
    const other = {
      ...compared,
      stream: {
        ...compared.stream,
        plan: planDeployment(plan.parameters, plan.workload, {
          ...plan.deployment,
          batchingWindowSeconds: 0,
          batchSize: 1_000,
        }),
      },
    };
    const width = (each: ComparedPaths): number => {
      const { lowUsd, highUsd } = bandOf(STANDARD_MODEL, scenario, each, moveInputs(STANDARD_MODEL));
      return highUsd - lowUsd;
    };
    expect(width(other)).not.toBeCloseTo(width(compared), 2);
  });
});

describe('mayBatchBeBetter', () => {
  const moved = moveInputs(STANDARD_MODEL);

  it.each([60, 240, 300, 360, 420, 480, 540, 600, 3_600, 86_400])(
    'says of %i s what its band says',
    (windowSeconds) => {
      const scenario = scenarioOn('auto-pause');
      const compared = comparePaths(STANDARD_MODEL, scenario, windowSeconds);
      const { lowUsd } = bandOf(STANDARD_MODEL, scenario, compared, moved);
      expect(mayBatchBeBetter(STANDARD_MODEL, scenario, compared, moved)).toBe(lowUsd <= 0);
    },
  );

  it('is sure where one of them can not do it at all', () => {
    const scenario = scenarioOn('always-on');
    const { stream, batch, ...rest } = comparePaths(STANDARD_MODEL, scenario, 300);
    const may = (streamPossible: boolean, batchPossible: boolean): boolean =>
      mayBatchBeBetter(
        STANDARD_MODEL,
        scenario,
        { ...rest, stream: { ...stream, possible: streamPossible }, batch: { ...batch, possible: batchPossible } },
        [],
      );
    expect([may(false, true), may(true, false), may(false, false), may(true, true)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
