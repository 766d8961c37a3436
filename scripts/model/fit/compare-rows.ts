import type { RowTable } from '../workload/row-table.ts';
import { errorOf, type FitError } from './fit-error.ts';
import type { Sample } from './samples.ts';

/** The key model's rows against those that were written, by invocations whose windows are known. Null without any. */
export function compareRows(samples: readonly Sample[], countRows: RowTable): FitError | null {
  return errorOf(
    samples.flatMap(({ windows, rowsFresh, rowsUpdated }) => {
      if (windows === null) return [];
      const predicted = windows.reduce((sum, events) => sum + countRows(events), 0);
      return [{ predicted, measured: rowsFresh + rowsUpdated }];
    }),
  );
}
