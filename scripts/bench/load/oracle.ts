import type { LoadEvent } from './line.ts';

/** One row of the first aggregation. */
export type HostCount = { readonly windowStartMs: number; readonly host: string; readonly hits: number };

/** One row of the second aggregation; a null referrer is a group of its own. */
export type SourceCount = HostCount & { readonly referrer: string | null };

export type OracleTotals = {
  /** Everything that was sent: events + malformed. */
  readonly lines: number;
  /** Lines that must be counted. */
  readonly events: number;
  /** Lines that must be quarantined. */
  readonly malformed: number;
};

type HostsByWindow = ReadonlyMap<number, ReadonlyMap<string, number>>;

/** The load's own count of what it sent; its memory is the distinct keys, never the events. */
export type Oracle = {
  /** Counts one sent line: its event, or null for one that must be quarantined. */
  readonly add: (event: LoadEvent | null) => void;
  /** Hits by window start (epoch ms) and host, live: it changes with the next `add`. */
  readonly byHost: () => HostsByWindow;
  readonly hostRows: () => Generator<HostCount>;
  readonly sourceRows: () => Generator<SourceCount>;
  readonly totals: () => OracleTotals;
};

/** An empty oracle for tumbling, epoch-aligned windows of `windowMs`. */
export function createOracle(windowMs: number): Oracle {
  const byHost = new Map<number, Map<string, number>>();
  const bySource = new Map<number, Map<string, Map<string | null, number>>>();
  let events = 0;
  let malformed = 0;

  function add(event: LoadEvent | null): void {
    if (event === null) {
      malformed += 1;
      return;
    }
    events += 1;
    // Floor, not truncation: an event before 1970 belongs to the window that starts before it.
    const windowStartMs = Math.floor(event.eventTimeMs / windowMs) * windowMs;
    increment(entryOf(byHost, windowStartMs), event.host);
    increment(entryOf(entryOf(bySource, windowStartMs), event.host), event.referrer);
  }

  function* hostRows(): Generator<HostCount> {
    for (const [windowStartMs, hosts] of byHost) {
      for (const [host, hits] of hosts) yield { windowStartMs, host, hits };
    }
  }

  function* sourceRows(): Generator<SourceCount> {
    for (const [windowStartMs, hosts] of bySource) {
      for (const [host, referrers] of hosts) {
        for (const [referrer, hits] of referrers) yield { windowStartMs, host, referrer, hits };
      }
    }
  }

  return {
    add,
    byHost: () => byHost,
    hostRows,
    sourceRows,
    totals: () => ({ lines: events + malformed, events, malformed }),
  };
}

function entryOf<Outer, Inner, Value>(map: Map<Outer, Map<Inner, Value>>, key: Outer): Map<Inner, Value> {
  let entry = map.get(key);
  if (entry === undefined) {
    entry = new Map();
    map.set(key, entry);
  }
  return entry;
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
