import type { Batch } from '../model/function-time.ts';

/** Milliseconds of a warm invocation: `ms`, and so much for each event, record and row. None is below 0. */
export type Coefficients = {
  readonly ms: number;
  readonly msPerEvent: number;
  readonly msPerRecord: number;
  readonly msPerFreshRow: number;
  readonly msPerUpdatedRow: number;
};

export type Term = keyof Coefficients;

const COUNTS: Readonly<Record<Term, (batch: Batch) => number>> = {
  ms: () => 1,
  msPerEvent: ({ events }) => events,
  msPerRecord: ({ records }) => records,
  msPerFreshRow: ({ rowsFresh }) => rowsFresh,
  msPerUpdatedRow: ({ rowsUpdated }) => rowsUpdated,
};

/** In the order in which they are trusted where the data can't tell two of them apart. */
export const CPU_TERMS: readonly Term[] = ['ms', 'msPerEvent', 'msPerRecord', 'msPerFreshRow', 'msPerUpdatedRow'];
/** The database sees rows, not events. */
export const DATABASE_TERMS: readonly Term[] = ['ms', 'msPerFreshRow', 'msPerUpdatedRow'];

/** What the coefficients of these terms are multiplied with. */
export function countTerms(terms: readonly Term[], batch: Batch): number[] {
  return terms.map((term) => COUNTS[term](batch));
}

export function predictMs(coefficients: Coefficients, batch: Batch): number {
  return CPU_TERMS.reduce((sum, term) => sum + coefficients[term] * COUNTS[term](batch), 0);
}
