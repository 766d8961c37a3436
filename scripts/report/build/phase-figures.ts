import type { LedgerRow } from '../../../functions/contract.ts';
import type { BatchReport } from '../phase-reports.ts';
import { sumOf } from './sum-of.ts';

type LedgerFigures = Pick<
  BatchReport,
  'invocations' | 'events' | 'records' | 'rowsWritten' | 'rowsFresh' | 'cpuMs' | 'readWaitMs' | 'databaseWaitMs'
>;

/** What the ledger's rows of a phase add up to. */
export function sumLedger(ledger: readonly LedgerRow[]): LedgerFigures {
  return {
    invocations: ledger.length,
    events: sumOf(ledger, ({ events }) => events),
    records: sumOf(ledger, ({ records }) => records),
    rowsWritten: sumOf(ledger, ({ rowsWritten }) => rowsWritten),
    rowsFresh: sumOf(ledger, ({ rowsFresh }) => rowsFresh),
    cpuMs: sumOf(ledger, ({ cpuMs }) => cpuMs),
    readWaitMs: sumOf(ledger, ({ readWaitMs }) => readWaitMs),
    databaseWaitMs: sumOf(ledger, ({ databaseWaitMs }) => databaseWaitMs),
  };
}
