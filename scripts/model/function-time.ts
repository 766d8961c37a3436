import type { Deployment } from './deployment.ts';
import type { ModelParameters } from './parameters.ts';

/** What one statement carries. */
export type Batch = {
  readonly events: number;
  readonly records: number;
  readonly rowsFresh: number;
  readonly rowsUpdated: number;
};

/** Handler CPU of a warm micro-batch, ms on a whole core, as the ledger has it. */
export function microBatchCpuMs(
  parameters: ModelParameters,
  { events, records, rowsFresh, rowsUpdated }: Batch,
): number {
  return (
    parameters.microBatchCpuMs +
    parameters.microBatchCpuMsPerEvent * events +
    parameters.microBatchCpuMsPerRecord * records +
    parameters.microBatchCpuMsPerFreshRow * rowsFresh +
    parameters.microBatchCpuMsPerUpdatedRow * rowsUpdated
  );
}

/** Handler CPU of a warm scheduled batch, ms on a whole core, as the ledger has it. */
export function scheduledBatchCpuMs(
  parameters: ModelParameters,
  { events, records, rowsFresh, rowsUpdated }: Batch,
): number {
  return (
    parameters.scheduledBatchCpuMs +
    parameters.scheduledBatchCpuMsPerEvent * events +
    parameters.scheduledBatchCpuMsPerRecord * records +
    parameters.scheduledBatchCpuMsPerFreshRow * rowsFresh +
    parameters.scheduledBatchCpuMsPerUpdatedRow * rowsUpdated
  );
}

/** What writing rows takes in the database, ms, without the statement around them. */
export function databaseRowsMs(
  { databaseMsPerFreshRow, databaseMsPerUpdatedRow }: ModelParameters,
  { rowsFresh, rowsUpdated }: Pick<Batch, 'rowsFresh' | 'rowsUpdated'>,
): number {
  return databaseMsPerFreshRow * rowsFresh + databaseMsPerUpdatedRow * rowsUpdated;
}

/** How much longer CPU time takes with a function's share of a core. */
export function slowdown(parameters: ModelParameters, memoryMb: number): number {
  return Math.max(1, parameters.memoryMbPerCore / memoryMb) * parameters.cpuFactor;
}

/** Of an invocation that takes so long in the mean: each is billed by the begun millisecond, which is half a one more. */
export function gbSecondsOf(meanMs: number, { memoryMb }: Pick<Deployment, 'memoryMb'>): number {
  return ((meanMs + 0.5) / 1_000) * (memoryMb / 1_024);
}
