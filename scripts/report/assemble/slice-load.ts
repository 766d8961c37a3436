import type { LedgerRow } from '#functions/contract.ts';
import { distributionOf } from '#model/statistics/percentiles.ts';
import type { Slice } from '../definition/path-report.ts';
import { type Wait, waitsOf } from './waits.ts';

const SLICES = 10;

/** A stretch of time, epoch ms; the end is exclusive. */
export type Span = { readonly fromMs: number; readonly toMs: number };

/**
 * What arrived in each tenth of a span. An invocation's rows and CPU belong to the slices by its share of events in them; what
 * arrived outside the span is in none.
 */
export function sliceLoad(ledger: readonly LedgerRow[], { fromMs, toMs }: Span): Slice[] {
  const widthMs = (toMs - fromMs) / SLICES;
  const sums = Array.from({ length: SLICES }, () => ({
    waits: [] as Wait[],
    events: 0,
    rowsWritten: 0,
    cpuMs: 0,
    invocations: 0,
  }));
  for (const row of ledger) {
    const waits = waitsOf(row);
    const counted = waits.reduce((sum, { weight }) => sum + weight, 0);
    for (const wait of waits) {
      const slice = sums[Math.floor((wait.arrivedMs - fromMs) / widthMs)];
      if (slice === undefined || wait.weight === 0) continue;
      const share = wait.weight / counted;
      slice.waits.push(wait);
      slice.events += wait.weight;
      slice.rowsWritten += row.rowsWritten * share;
      slice.cpuMs += row.cpuMs * share;
      slice.invocations += share;
    }
  }
  return sums.map(({ waits, events, rowsWritten, cpuMs, invocations }, i) => ({
    fromMs: round(i * widthMs),
    toMs: round((i + 1) * widthMs),
    freshnessMs: distributionOf(waits),
    events,
    rowsWritten: round(rowsWritten),
    cpuMs: round(cpuMs),
    invocations: round(invocations),
  }));
}

/** From the first arrival to the last, their own milliseconds included; null where nothing arrived. */
export function arrivalSpan(ledger: readonly LedgerRow[]): Span | null {
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const { arrivals } of ledger) {
    for (const bucket of arrivals.buckets) {
      fromMs = Math.min(fromMs, bucket * arrivals.widthMs);
      toMs = Math.max(toMs, (bucket + 1) * arrivals.widthMs);
    }
  }
  return toMs > fromMs ? { fromMs, toMs } : null;
}

/** To a hundredth: an invocation that is shared out over ten slices would lose much to tenths. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
