const MAX_BUCKETS = 512;

/**
 * Histogram of the arrival times of counted events: events by bucket, where bucket b begins at b × widthMs. The width
 * doubles when there are more than MAX_BUCKETS, so a ledger row stays small even if a batch covers a long time.
 */
export type Arrivals = { widthMs: number; events: Map<number, number> };

export function createArrivals(): Arrivals {
  return { widthMs: 1, events: new Map() };
}

export function addArrivals(arrivals: Arrivals, arrivalMs: number, events: number): void {
  const bucket = Math.floor(arrivalMs / arrivals.widthMs);
  arrivals.events.set(bucket, (arrivals.events.get(bucket) ?? 0) + events);
  while (arrivals.events.size > MAX_BUCKETS) widen(arrivals);
}

function widen(arrivals: Arrivals): void {
  const wider = new Map<number, number>();
  for (const [bucket, events] of arrivals.events) {
    const into = Math.floor(bucket / 2);
    wider.set(into, (wider.get(into) ?? 0) + events);
  }
  arrivals.widthMs *= 2;
  arrivals.events = wider;
}
