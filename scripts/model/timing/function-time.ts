import type { Path } from '#functions/contract.ts';
import type { Deployment } from '../deployment.ts';
import type { ModelParameters, ParameterName } from '../parameters.ts';

/** What one statement carries. */
export type Batch = {
  readonly events: number;
  readonly records: number;
  readonly rowsFresh: number;
  readonly rowsUpdated: number;
};

/** What CPU goes by: `ms` whatever is in an invocation, and so much for each event, record and row. */
export type CpuTerm = 'ms' | 'msPerEvent' | 'msPerRecord' | 'msPerFreshRow' | 'msPerUpdatedRow';

/** What each term is multiplied with. */
export const CPU_COUNTS: Readonly<Record<CpuTerm, (batch: Batch) => number>> = {
  ms: () => 1,
  msPerEvent: ({ events }) => events,
  msPerRecord: ({ records }) => records,
  msPerFreshRow: ({ rowsFresh }) => rowsFresh,
  msPerUpdatedRow: ({ rowsUpdated }) => rowsUpdated,
};

/** The parameter that each term is: a run fits all of a path's, and all of them are off by the error of that fit. */
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

/** What writing rows takes in the database, ms, without the statement around them. */
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

/** How much longer CPU time takes with a function's share of a core. */
export function slowdown(parameters: ModelParameters, memoryMb: number): number {
  return Math.max(1, parameters.memoryMbPerCore / memoryMb) * parameters.cpuFactor;
}

/** Of an invocation that takes so long in the mean: each is billed by the begun millisecond, which is half a one more. */
export function gbSecondsOf(meanMs: number, { memoryMb }: Pick<Deployment, 'memoryMb'>): number {
  return ((meanMs + 0.5) / 1_000) * (memoryMb / 1_024);
}
