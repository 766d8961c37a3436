import type { Batch } from '../model/function-time.ts';

/** Milliseconds of a warm invocation: `ms`, and so much for each event, record and row. None is below 0. */
export type Coefficients = {
  readonly ms: number;
  readonly msPerEvent: number;
  readonly msPerRecord: number;
  readonly msPerFreshRow: number;
  readonly msPerUpdatedRow: number;
};

export type CoefficientName = keyof Coefficients;

const COUNTS: Readonly<Record<CoefficientName, (batch: Batch) => number>> = {
  ms: () => 1,
  msPerEvent: ({ events }) => events,
  msPerRecord: ({ records }) => records,
  msPerFreshRow: ({ rowsFresh }) => rowsFresh,
  msPerUpdatedRow: ({ rowsUpdated }) => rowsUpdated,
};

/** In the order in which they are trusted where the data can't tell two of them apart. */
export const CPU_COEFFICIENTS: readonly CoefficientName[] = [
  'ms',
  'msPerEvent',
  'msPerRecord',
  'msPerFreshRow',
  'msPerUpdatedRow',
];
/** The database sees rows, not events. */
export const DATABASE_COEFFICIENTS: readonly CoefficientName[] = ['ms', 'msPerFreshRow', 'msPerUpdatedRow'];

/** What these coefficients are multiplied with. */
export function countFor(names: readonly CoefficientName[], batch: Batch): number[] {
  return names.map((name) => COUNTS[name](batch));
}

export function predictMs(coefficients: Coefficients, batch: Batch): number {
  return CPU_COEFFICIENTS.reduce((sum, name) => sum + coefficients[name] * COUNTS[name](batch), 0);
}
