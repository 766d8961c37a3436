import { type ModelParameters, type Origins, STANDARD, STANDARD_ORIGINS } from './parameters.ts';
import type { PathKey } from './path-name.ts';
import { PRICES, type PriceTable } from './prices/price-table.ts';

/** One figure a path; null: nothing was fitted for it. */
export type PerPath = Readonly<Record<PathKey, number | null>>;

/** What a figure is made with, beside its scenario. */
export type Model = {
  readonly parameters: ModelParameters;
  /** A fitted parameter's range in the table no longer holds: the error of its fit says how far it may be off. */
  readonly origins: Origins;
  readonly prices: PriceTable;
  /** Relative error of the CPU fit on invocations that it had not seen (0.1 = 10 %). */
  readonly cpuError: PerPath;
  /** The same of the time in the database; null: not fitted. */
  readonly databaseError: number | null;
  /** The same of INIT. */
  readonly initError: number | null;
  /** Greatest events per invocation that the fit saw. */
  readonly fittedEvents: PerPath;
  /** Greatest records per invocation that the fit saw. */
  readonly fittedRecords: PerPath;
  /** Greatest rows written per invocation that the fit saw. */
  readonly fittedRows: PerPath;
};

const NOTHING_FITTED: PerPath = { microBatch: null, scheduledBatch: null };

export const STANDARD_MODEL: Model = {
  parameters: STANDARD,
  origins: STANDARD_ORIGINS,
  prices: PRICES,
  cpuError: NOTHING_FITTED,
  databaseError: null,
  initError: null,
  fittedEvents: NOTHING_FITTED,
  fittedRecords: NOTHING_FITTED,
  fittedRows: NOTHING_FITTED,
};
