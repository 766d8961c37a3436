/** Hits of one host in one window, and of each of its referrers; null is a referrer of its own. */
export type HostCount = { hits: number; byReferrer: Map<string | null, { hits: number }> };

/** The two aggregations, counted at once: window start in epoch ms → host → hits. State is distinct keys, never events. */
export type Counts = {
  windows: Map<number, Map<string, HostCount>>;
  /** Rows that these counts are, in both tables together. */
  rows: number;
  /** About what the keys take in memory, bytes. */
  stateBytes: number;
};

/** What V8 takes for a map entry and a counter beside the text of the key (measured: 150 to 190 bytes). */
const BYTES_PER_KEY = 180; // and two bytes a UTF-16 unit, where one is not Latin-1

export function createCounts(): Counts {
  return { windows: new Map(), rows: 0, stateBytes: 0 };
}

export function addHit(counts: Counts, windowStartMs: number, host: string, referrer: string | null): void {
  let hosts = counts.windows.get(windowStartMs);
  if (hosts === undefined) {
    hosts = new Map();
    counts.windows.set(windowStartMs, hosts);
  }
  let byHost = hosts.get(host);
  if (byHost === undefined) {
    byHost = { hits: 0, byReferrer: new Map() };
    hosts.set(host, byHost);
    counts.rows++;
    counts.stateBytes += BYTES_PER_KEY + 2 * host.length;
  }
  byHost.hits++;
  const bySource = byHost.byReferrer.get(referrer);
  if (bySource === undefined) {
    byHost.byReferrer.set(referrer, { hits: 1 });
    counts.rows++;
    counts.stateBytes += BYTES_PER_KEY + 2 * (referrer?.length ?? 0);
  } else {
    bySource.hits++;
  }
}
