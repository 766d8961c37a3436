import { AGGREGATION_NAMES, AGGREGATIONS, type AggregationName, type EventKeys, type Key } from './aggregations.ts';

/**
 * The counts of all aggregations, as nested groups: a window holds hosts, and a host holds its referrers. They grow
 * with the number of distinct keys, not with the number of events.
 */
export type Counts = {
  /** Each window's groups, one map per chain, by the window's start in epoch ms. */
  windows: Map<number, readonly Groups[]>;
  /** The window of the previous event; most events fall into the same one, so it is remembered. */
  latest: { startMs: number; groups: readonly Groups[] };
  /** Number of rows that these counts become, over the tables of all aggregations. */
  rows: number;
  /** Approximate memory of the keys, bytes. */
  stateBytes: number;
};

/** Groups by the value of one key. */
type Groups = Map<string | null, Group>;

/** The events of a window that have the same value of a key, and of the keys before it in the chain. */
type Group = {
  hits: number;
  /** The groups by the chain's next key; null after its last key. */
  inner: Groups | null;
};

/** A key of a chain. `aggregation` names the table whose rows are the groups by this key; null if none's are. */
type Link = { key: Key; aggregation: AggregationName | null };

/**
 * The lists of keys that events are grouped by. An aggregation whose keys begin those of another one shares its chain:
 * a host has its hits already when its referrers are counted, so both tables need one look-up of the host per event.
 */
const CHAINS: readonly (readonly Link[])[] = makeChains();

function makeChains(): Link[][] {
  const names = new Map<string, AggregationName>(AGGREGATION_NAMES.map((name) => [`${AGGREGATIONS[name].keys}`, name]));
  const chains: Link[][] = [];
  const longestFirst = AGGREGATION_NAMES.toSorted((a, b) => AGGREGATIONS[b].keys.length - AGGREGATIONS[a].keys.length);
  for (const { keys } of longestFirst.map((name): { keys: readonly Key[] } => AGGREGATIONS[name])) {
    if (!names.has(`${keys}`)) continue; // a longer chain already counts it
    const chain = keys.map((key, i) => {
      const ending = `${keys.slice(0, i + 1)}`;
      const aggregation = names.get(ending) ?? null;
      names.delete(ending);
      return { key, aggregation };
    });
    chains.push(chain);
  }
  return chains;
}

/** Approximate memory of a group beside its key's text, bytes: a map entry and an object in V8 (measured: 150 to 190). */
const BYTES_PER_GROUP = 180;
/** A string takes two bytes per UTF-16 unit unless all of it is Latin-1, so two are assumed. */
const BYTES_PER_CHARACTER = 2;

export function createCounts(): Counts {
  return { windows: new Map(), latest: { startMs: Number.NaN, groups: createGroups() }, rows: 0, stateBytes: 0 };
}

function createGroups(): Groups[] {
  return CHAINS.map(() => new Map());
}

/** Adds one event to every aggregation. It runs once per event, so it allocates for new keys only. */
export function addHit(counts: Counts, windowStartMs: number, keys: Readonly<EventKeys>): void {
  const { latest } = counts;
  if (latest.startMs !== windowStartMs) {
    latest.startMs = windowStartMs;
    latest.groups = counts.windows.get(windowStartMs) ?? createGroups();
    counts.windows.set(windowStartMs, latest.groups);
  }
  for (let i = 0; i < CHAINS.length; i++) {
    addAlong(CHAINS[i] as readonly Link[], latest.groups[i] as Groups, counts, keys);
  }
}

function addAlong(chain: readonly Link[], outer: Groups, counts: Counts, keys: Readonly<EventKeys>): void {
  let groups: Groups | null = outer;
  for (let i = 0; groups !== null; i++) {
    const { key, aggregation } = chain[i] as Link;
    const value = keys[key];
    let group: Group | undefined = groups.get(value);
    if (group === undefined) {
      group = { hits: 0, inner: i + 1 < chain.length ? new Map() : null };
      groups.set(value, group);
      if (aggregation !== null) counts.rows++;
      counts.stateBytes += BYTES_PER_GROUP + BYTES_PER_CHARACTER * (value?.length ?? 0);
    }
    group.hits++;
    groups = group.inner;
  }
}

/** Receives one row after another. The array of keys is the same one each time, so a visitor copies what it keeps. */
export type RowVisitor = (
  aggregation: AggregationName,
  windowStartMs: number,
  keys: readonly (string | null)[],
  hits: number,
) => void;

/** Visits the rows of all tables, window by window. */
export function visitRows(counts: Counts, visit: RowVisitor): void {
  const keys: (string | null)[] = [];
  const visitGroups = (chain: readonly Link[], groups: Groups, startMs: number): void => {
    const aggregation = chain[keys.length]?.aggregation ?? null;
    for (const [key, { hits, inner }] of groups) {
      keys.push(key);
      if (aggregation !== null) visit(aggregation, startMs, keys, hits);
      if (inner !== null) visitGroups(chain, inner, startMs);
      keys.pop();
    }
  };
  for (const [startMs, chains] of counts.windows) {
    for (const [i, groups] of chains.entries()) visitGroups(CHAINS[i] as readonly Link[], groups, startMs);
  }
}
