import type { PathName } from '#model/path-name.ts';

/** What a figure is counted in; each is shown with as many digits as tell something. */
export type Unit = 'invocations' | 'rows' | 'rows per final row' | 'ms CPU' | 'µs CPU per event' | 'ms';

/** One figure that a run measured, and what the model of another run says of it. */
export type Prediction = {
  /** Which phase of the run: `live run`, `drain of 5 minutes`. */
  readonly of: string;
  readonly path: PathName;
  readonly figure: string;
  readonly unit: Unit;
  readonly predicted: number;
  readonly measured: number;
};

/** By how much the prediction lies above what was measured, as its share; null beside nothing. */
export function differenceOf({ predicted, measured }: Pick<Prediction, 'predicted' | 'measured'>): number | null {
  return measured === 0 ? null : predicted / measured - 1;
}
