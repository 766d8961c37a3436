import { type Infer, number, object } from '#text/schema.ts';
import { nearestRanks } from '../statistics/ranks.ts';

/** Errors of predictions against measurements. */
export const FIT_ERROR = object(
  {
    median: number(
      'share',
      'median of the relative errors (distance of predicted and measured ÷ measured); 0.1 is 10 %',
    ),
    p95: number('share', '95th percentile of the relative errors, by the nearest rank'),
    total: number('share', 'relative error of the sum of all predictions: the error of a bill of such invocations'),
    count: number('', 'number of compared predictions'),
  },
  'error',
);
export type FitError = Infer<typeof FIT_ERROR>;

/** The greater of two errors: that of a typical invocation, and that of a sum, which grows if the errors lean to one side. */
export function shareOff({ median, total }: FitError): number {
  return Math.max(median, total);
}

/** A predicted figure and its measured value. */
export type Trial = { readonly predicted: number; readonly measured: number };

/** @returns null if no measured value is above 0 */
export function errorOf(trials: readonly Trial[]): FitError | null {
  const of = trials.filter(({ measured }) => measured > 0);
  if (of.length === 0) return null;
  const shares = of.map(({ predicted, measured }) => Math.abs(predicted - measured) / measured);
  const [median = 0, p95 = 0] = nearestRanks(shares, [0.5, 0.95]);
  const sum = (side: keyof Trial): number => of.reduce((total, each) => total + each[side], 0);
  const measured = sum('measured');
  return {
    median,
    p95,
    total: Math.abs(sum('predicted') - measured) / measured,
    count: shares.length,
  };
}
