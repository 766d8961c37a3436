import { describe, expect, it } from 'vitest';
import { differenceOf, type Prediction } from '#report/prediction/prediction.ts';

const OF: Prediction = {
  of: 'live run',
  path: 'micro-batch',
  figure: 'invocations',
  unit: 'invocations',
  predicted: 0,
  measured: 0,
};

describe('differenceOf', () => {
  it.each([
    [110, 100, 0.1],
    [90, 100, -0.1],
    [0, 100, -1],
  ])('of %i beside %i is %f', (predicted, measured, difference) => {
    expect(differenceOf({ ...OF, predicted, measured })).toBeCloseTo(difference, 12);
  });

  it('is nothing beside nothing', () => {
    expect(differenceOf({ ...OF, predicted: 5, measured: 0 })).toBeNull();
  });
});
