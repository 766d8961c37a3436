import type { LedgerRow } from '#functions/contract.ts';
import { type Distribution, distributionOf, type Weighted } from '#model/statistics/percentiles.ts';

/** Returns the time from each window's end until it was final for the path, and the number of windows still open. */
export function finalityOf(
  ledger: readonly LedgerRow[],
  windowStartsMs: readonly number[],
  windowMs: number,
): { finalityMs: Distribution | null; openWindows: number } {
  const steps = [...ledger].sort((a, b) => a.committedMs - b.committedMs);
  const waits: Weighted[] = [];
  let at = 0;
  // Windows become final in the order of their ends, so one walk along both is enough.
  for (const startMs of [...windowStartsMs].sort((a, b) => a - b)) {
    const endMs = startMs + windowMs;
    while (at < steps.length && ((steps[at] as LedgerRow).pathWatermarkMs ?? Number.NEGATIVE_INFINITY) < endMs) at++;
    const final = steps[at];
    if (final !== undefined) waits.push({ value: final.committedMs - endMs, weight: 1 });
  }
  return { finalityMs: distributionOf(waits), openWindows: windowStartsMs.length - waits.length };
}
