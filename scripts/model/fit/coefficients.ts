import { amount, type Infer, object, type Schema } from '#text/schema.ts';
import { type Batch, CPU_COUNTS, type CpuTerm } from '../timing/function-time.ts';

/** Milliseconds of a warm invocation: fixed, and per event, record and row. */
export const COEFFICIENTS = object({
  ms: amount('ms', 'fixed time of an invocation'),
  msPerEvent: amount('ms', 'time per event'),
  msPerRecord: amount('ms', 'time per record'),
  msPerFreshRow: amount('ms', 'time per inserted row'),
  msPerUpdatedRow: amount('ms', 'time per updated row'),
} satisfies Record<CpuTerm, Schema<number>>);
export type Coefficients = Infer<typeof COEFFICIENTS>;

export type CoefficientName = CpuTerm;

/** Coefficients of the CPU. If the data cannot tell two of them apart, the earlier one is fitted. */
export const CPU_COEFFICIENTS: readonly CoefficientName[] = [
  'ms',
  'msPerEvent',
  'msPerRecord',
  'msPerFreshRow',
  'msPerUpdatedRow',
];
/** Coefficients of the time in the database, which sees rows but no events. */
export const DATABASE_COEFFICIENTS: readonly CoefficientName[] = ['ms', 'msPerFreshRow', 'msPerUpdatedRow'];

/** Counts of a batch that these coefficients are multiplied by. */
export function countFor(names: readonly CoefficientName[], batch: Batch): number[] {
  return names.map((name) => CPU_COUNTS[name](batch));
}

export function predictMs(coefficients: Coefficients, batch: Batch): number {
  return CPU_COEFFICIENTS.reduce((sum, name) => sum + coefficients[name] * CPU_COUNTS[name](batch), 0);
}
