import type { Path } from '#functions/contract.ts';
import type { Deployment } from '../deployment.ts';
import type { ModelParameters, ParameterName } from '../parameters.ts';

/** Sizes of one statement. */
export type Batch = {
  readonly events: number;
  readonly records: number;
  readonly rowsFresh: number;
  readonly rowsUpdated: number;
};

/** Terms of the CPU time: `ms` is fixed per invocation, the others are per event, record and row. */
export type CpuTerm = 'ms' | 'msPerEvent' | 'msPerRecord' | 'msPerFreshRow' | 'msPerUpdatedRow';

/** Count that each term is multiplied by. */
export const CPU_COUNTS: Readonly<Record<CpuTerm, (batch: Batch) => number>> = {
  ms: () => 1,
  msPerEvent: ({ events }) => events,
  msPerRecord: ({ records }) => records,
  msPerFreshRow: ({ rowsFresh }) => rowsFresh,
  msPerUpdatedRow: ({ rowsUpdated }) => rowsUpdated,
};

/** Parameter of each term. A run fits all terms of a path together, so they share the error of the fit. */
export const CPU_PARAMETERS: Readonly<Record<Path, Readonly<Record<CpuTerm, ParameterName>>>> = {
  microBatch: {
    ms: 'microBatchCpuMs',
    msPerEvent: 'microBatchCpuMsPerEvent',
    msPerRecord: 'microBatchCpuMsPerRecord',
    msPerFreshRow: 'microBatchCpuMsPerFreshRow',
    msPerUpdatedRow: 'microBatchCpuMsPerUpdatedRow',
  },
  scheduledBatch: {
    ms: 'scheduledBatchCpuMs',
    msPerEvent: 'scheduledBatchCpuMsPerEvent',
    msPerRecord: 'scheduledBatchCpuMsPerRecord',
    msPerFreshRow: 'scheduledBatchCpuMsPerFreshRow',
    msPerUpdatedRow: 'scheduledBatchCpuMsPerUpdatedRow',
  },
};

const CPU_TERMS = Object.keys(CPU_COUNTS) as CpuTerm[];

/** Handler CPU of a warm invocation, ms on a whole core, as the ledger has it. */
export function handlerCpuMs(parameters: ModelParameters, path: Path, batch: Batch): number {
  const names = CPU_PARAMETERS[path];
  return CPU_TERMS.reduce((sum, term) => sum + parameters[names[term]] * CPU_COUNTS[term](batch), 0);
}

/** Time to write the rows of a statement in the database, without its fixed time, ms. */
export function databaseRowsMs(
  { databaseMsPerFreshRow, databaseMsPerUpdatedRow }: ModelParameters,
  { rowsFresh, rowsUpdated }: Pick<Batch, 'rowsFresh' | 'rowsUpdated'>,
): number {
  return databaseMsPerFreshRow * rowsFresh + databaseMsPerUpdatedRow * rowsUpdated;
}

/** CPU time of the paths' rows in the database, ms; the rest of a statement is waiting. */
export function databaseCpuMs(
  parameters: ModelParameters,
  efforts: readonly { readonly rowsFresh: number; readonly rowsWritten: number }[],
): number {
  return efforts.reduce(
    (sum, { rowsFresh, rowsWritten }) =>
      sum + databaseRowsMs(parameters, { rowsFresh, rowsUpdated: rowsWritten - rowsFresh }),
    0,
  );
}

/** Factor on CPU time: a function with less memory than a whole core's gets only a share of one. */
export function slowdown(parameters: ModelParameters, memoryMb: number): number {
  return Math.max(1, parameters.memoryMbPerCore / memoryMb) * parameters.cpuFactor;
}

/** Billed GB-seconds of an invocation with this mean duration. Billing rounds up to whole milliseconds, on average half a one. */
export function gbSecondsOf(meanMs: number, { memoryMb }: Pick<Deployment, 'memoryMb'>): number {
  return ((meanMs + 0.5) / 1_000) * (memoryMb / 1_024);
}
