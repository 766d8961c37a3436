import type { LedgerRow } from '#functions/contract.ts';
import type { BatchReport } from '../definition/phase-reports.ts';
import { sumToTenth } from './sum-to-tenth.ts';

type LedgerFigures = Pick<
  BatchReport,
  'invocations' | 'events' | 'records' | 'rowsWritten' | 'rowsFresh' | 'cpuMs' | 'readWaitMs' | 'databaseWaitMs'
>;

/** What the ledger's rows of a phase add up to. */
export function sumLedger(ledger: readonly LedgerRow[]): LedgerFigures {
  return {
    invocations: ledger.length,
    events: sumToTenth(ledger, ({ events }) => events),
    records: sumToTenth(ledger, ({ records }) => records),
    rowsWritten: sumToTenth(ledger, ({ rowsWritten }) => rowsWritten),
    rowsFresh: sumToTenth(ledger, ({ rowsFresh }) => rowsFresh),
    cpuMs: sumToTenth(ledger, ({ cpuMs }) => cpuMs),
    readWaitMs: sumToTenth(ledger, ({ readWaitMs }) => readWaitMs),
    databaseWaitMs: sumToTenth(ledger, ({ databaseWaitMs }) => databaseWaitMs),
  };
}
