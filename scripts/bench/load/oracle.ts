import { AGGREGATION_NAMES, AGGREGATIONS, type AggregationName, type CountRow, type Key } from '#functions/contract.ts';
import type { LoadEvent } from './line.ts';

/** One row of an aggregation; a null key is a group of its own. */
export type SentRow<Name extends AggregationName> = Readonly<Omit<CountRow<Name>, 'hits'>> & { readonly hits: number };

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
  readonly rows: <Name extends AggregationName>(name: Name) => Generator<SentRow<Name>>;
  readonly totals: () => OracleTotals;
};

/** Hits by the values of a key, or the same of the key that follows it. */
type Nested = Map<string | null, Nested | number>;

/** An empty oracle for tumbling, epoch-aligned windows of `windowMs`. */
export function createOracle(windowMs: number): Oracle {
  const tables = AGGREGATION_NAMES.map((name) => ({
    name,
    keys: AGGREGATIONS[name].keys as readonly Key[],
    windows: new Map<number, Nested>(),
  }));
  const tableOf = (name: AggregationName) => tables.find((table) => table.name === name) as (typeof tables)[number];
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
    for (const { keys, windows } of tables) {
      let counts = entryOf(windows, windowStartMs);
      for (let i = 0; i < keys.length - 1; i++) counts = entryOf(counts, event[keys[i] as Key]);
      const last = event[keys.at(-1) as Key];
      counts.set(last, ((counts.get(last) as number | undefined) ?? 0) + 1);
    }
  }

  function* rows<Name extends AggregationName>(name: Name): Generator<SentRow<Name>> {
    const { keys, windows } = tableOf(name);
    for (const [windowStartMs, counts] of windows) {
      for (const [values, hits] of flatten(counts)) {
        const named = Object.fromEntries(keys.map((key, i) => [key, values[i]]));
        yield { windowStartMs, ...named, hits } as unknown as SentRow<Name>;
      }
    }
  }

  return {
    add,
    byHost: () => tableOf('byHost').windows as HostsByWindow,
    rows,
    totals: () => ({ lines: events + malformed, events, malformed }),
  };
}

function* flatten(counts: Nested): Generator<[values: (string | null)[], hits: number]> {
  for (const [value, inner] of counts) {
    if (typeof inner === 'number') yield [[value], inner];
    else for (const [values, hits] of flatten(inner)) yield [[value, ...values], hits];
  }
}

function entryOf<Outer, Value>(map: Map<Outer, Nested | Value>, key: Outer): Nested {
  let entry = map.get(key) as Nested | undefined;
  if (entry === undefined) {
    entry = new Map();
    map.set(key, entry);
  }
  return entry;
}
