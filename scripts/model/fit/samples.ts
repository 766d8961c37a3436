import type { LedgerRow } from '#functions/contract.ts';
import type { Batch } from '../timing/function-time.ts';

/** One invocation, as the model is fitted to it. Times in ms. */
export type Sample = Batch & {
  /** First of its environment: runs code that has not been compiled yet. */
  readonly cold: boolean;
  readonly cpuMs: number;
  readonly databaseWaitMs: number;
  /** Events in each window that it counted, where that is known: only then do the key model's rows stand beside its own. */
  readonly windows: readonly number[] | null;
};

/** How event times lie to arrivals, in a load that is sent as it happens. */
export type EventTiming = {
  readonly windowMs: number;
  /** How long before its arrival an event's time may lie at most: disorder, filling a record, lag of the sender. */
  readonly spreadMs: number;
};

/** A window's whole load, which reaches so far into the next window as a batch does. */
export type WindowTiming = { readonly windowMs: number; readonly lagMs: number; readonly events: number };

/**
 * The ledger's rows of phases in which one path ran alone. A row does not say how its events spread over windows, and in two windows
 * each key counts twice; where the arrivals prove that they all lie in one, that is known.
 *
 * @param timing null where event times have nothing to do with arrivals: a log, a window that is over
 */
export function samplesOf(ledger: readonly LedgerRow[], timing: EventTiming | null): Sample[] {
  return ledger.map((row) => toSample(row, timing !== null && liesInOneWindow(row, timing) ? [row.events] : null));
}

/** Batches over a window's whole load: one that counted all of it at once counted two windows, and how much of each is known. */
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
