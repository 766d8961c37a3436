import { type Batch, CPU_COUNTS, type CpuTerm } from '../timing/function-time.ts';

/** Milliseconds of a warm invocation, by what they go by. None is below 0. */
export type Coefficients = Readonly<Record<CpuTerm, number>>;

export type CoefficientName = CpuTerm;

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
  return names.map((name) => CPU_COUNTS[name](batch));
}

export function predictMs(coefficients: Coefficients, batch: Batch): number {
  return CPU_COEFFICIENTS.reduce((sum, name) => sum + coefficients[name] * CPU_COUNTS[name](batch), 0);
}
