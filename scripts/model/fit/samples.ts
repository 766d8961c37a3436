import type { LedgerRow } from '#functions/contract.ts';
import type { Batch } from '../timing/function-time.ts';

/** Figures of one invocation that the model is fitted to. */
export type Sample = Batch & {
  /** True for the first invocation of an environment, whose code is not compiled yet. */
  readonly cold: boolean;
  readonly cpuMs: number;
  readonly databaseWaitMs: number;
  /** Events in each counted window; null: unknown, so the key model's rows cannot be compared with the invocation's. */
  readonly windows: readonly number[] | null;
};

/** Relation of event times to arrivals in a load that is sent in real time. */
export type EventTiming = {
  readonly windowMs: number;
  /** Longest time between an event's time and its arrival, ms: disorder, filling a record, lag of the sender. */
  readonly spreadMs: number;
};

/** The load of one window. It reaches into the next window by the lag, as a batch does. */
export type WindowTiming = { readonly windowMs: number; readonly lagMs: number; readonly events: number };

/**
 * Makes samples of ledger rows from phases in which one path ran alone. A row does not say how its events spread over windows, and a
 * key in two windows writes two rows. The arrivals may prove that all events lie in one window; only then are the windows known.
 *
 * @param timing null if event times do not follow arrivals, as in a log or a drained window
 */
export function samplesOf(ledger: readonly LedgerRow[], timing: EventTiming | null): Sample[] {
  return ledger.map((row) => toSample(row, timing !== null && liesInOneWindow(row, timing) ? [row.events] : null));
}

/** Makes samples of a drain. A batch that counted the whole load counted two windows, and the share of each is known. */
export function samplesOfDrain(ledger: readonly LedgerRow[], { windowMs, lagMs, events }: WindowTiming): Sample[] {
  const early = events * Math.min(1, lagMs / windowMs);
  return ledger.map((row) => toSample(row, row.events === events && row.late === 0 ? [events - early, early] : null));
}

function toSample(row: LedgerRow, windows: Sample['windows']): Sample {
  return {
    cold: row.cold,
    events: row.events,
    records: row.records,
    rowsFresh: row.rowsFresh,
    rowsUpdated: row.rowsWritten - row.rowsFresh,
    cpuMs: row.cpuMs,
    databaseWaitMs: row.databaseWaitMs,
    windows,
  };
}

function liesInOneWindow({ arrivals, events, late }: LedgerRow, { windowMs, spreadMs }: EventTiming): boolean {
  const { widthMs, buckets } = arrivals;
  if (events === 0 || late > 0 || buckets.length === 0) return false;
  const first = buckets.reduce((least, bucket) => Math.min(least, bucket), Number.POSITIVE_INFINITY);
  const last = buckets.reduce((most, bucket) => Math.max(most, bucket), Number.NEGATIVE_INFINITY);
  const earliestMs = first * widthMs - spreadMs;
  const latestMs = (last + 1) * widthMs - 1;
  return Math.floor(earliestMs / windowMs) === Math.floor(latestMs / windowMs);
}
