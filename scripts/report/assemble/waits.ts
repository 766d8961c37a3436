import type { LedgerRow } from '#functions/contract.ts';
import type { Weighted } from '#model/statistics/percentiles.ts';

/** How long so many events waited from their arrival to their commit, ms; the arrival in epoch ms. */
export type Wait = Weighted & { readonly arrivedMs: number };

/** From a ledger row's arrival histogram, a bucket of which stands for its middle. */
export function waitsOf({ committedMs, arrivals: { widthMs, buckets, events } }: LedgerRow): Wait[] {
  return buckets.map((bucket, i) => {
    const arrivedMs = bucket * widthMs + (widthMs - 1) / 2;
    return { arrivedMs, value: committedMs - arrivedMs, weight: events[i] ?? 0 };
  });
}
