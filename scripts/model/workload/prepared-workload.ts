import { tabulateRows } from './keys.ts';
import type { RowTable } from './row-table.ts';
import { bytesPerSecond, putUnitsPerSecond, recordsPerSecond, shardUse, type Workload } from './workload.ts';

/**
 * A workload with all that follows from it alone, worked out once before anything is planned on it. Change it by `prepareWorkload` or
 * `changeRate`: a spread copy would keep the old rates.
 */
export type PreparedWorkload = Workload & {
  readonly recordsPerSecond: number;
  /** Bytes of the records' data. */
  readonly bytesPerSecond: number;
  readonly putUnitsPerSecond: number;
  /** Shards that the load would fill to the brim. */
  readonly shardUse: number;
  /** Rows that so many events touch in both tables. */
  readonly countRows: RowTable;
};

/** @param countRows the table of these keys, where it is known */
export function prepareWorkload(
  workload: Workload,
  countRows: RowTable = tabulateRows(workload.keys),
): PreparedWorkload {
  return {
    ...workload,
    recordsPerSecond: recordsPerSecond(workload),
    bytesPerSecond: bytesPerSecond(workload),
    putUnitsPerSecond: putUnitsPerSecond(workload),
    shardUse: shardUse(workload),
    countRows,
  };
}

/** The same workload at another rate; its keys, and so their table, stay. */
export function changeRate(workload: PreparedWorkload, eventsPerSecond: number): PreparedWorkload {
  return prepareWorkload({ ...workload, eventsPerSecond }, workload.countRows);
}
