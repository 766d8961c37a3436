import { AGGREGATION_NAMES, AGGREGATIONS, type AggregationName, type EventKeys, type Key } from './aggregations.ts';

/** All aggregations, counted at once. The state is the distinct keys, never the events. */
export type Counts = {
  /** By window start, epoch ms. */
  windows: Map<number, KeyCounts>;
  /** The window that was counted into last: most events follow one of the same window. */
  latest: { startMs: number; keys: KeyCounts };
  /** Number of rows that these counts are, in all tables together. */
  rows: number;
  /** About what the keys take in memory, bytes. */
  stateBytes: number;
};

/** A value of a key: its hits, and the counts of the next key where there is one. */
type KeyCount = { hits: number; next?: KeyCounts };

/** Counts by the values of one key; `beside` has those of the key of another aggregation that stands in the same place. */
class KeyCounts extends Map<string | null, KeyCount> {
  beside: KeyCounts | null = null;
}

/**
 * A key in the tree of all aggregations' keys: `next` follows it in some aggregation, `beside` stands in its place in
 * another. Aggregations that begin with the same keys share these steps, so a host is looked up once for all of its tables.
 */
type Step = { key: Key; aggregation: AggregationName | null; next: Step | null; beside: Step | null };

const FIRST = AGGREGATION_NAMES.reduce<Step | null>(
  (first, name) => withSteps(first, name, AGGREGATIONS[name].keys),
  null,
) as Step;

function withSteps(step: Step | null, aggregation: AggregationName, keys: readonly Key[]): Step | null {
  const [key, ...rest] = keys;
  if (key === undefined) return step;
  if (step === null) return withSteps({ key, aggregation: null, next: null, beside: null }, aggregation, keys);
  if (step.key !== key) return { ...step, beside: withSteps(step.beside, aggregation, keys) };
  const ends = rest.length === 0 ? aggregation : step.aggregation;
  return { ...step, aggregation: ends, next: withSteps(step.next, aggregation, rest) };
}

/** What V8 takes for a map entry and a counter beside the text of the key (measured: 150 to 190 bytes). */
const BYTES_PER_KEY = 180; // and two bytes a UTF-16 unit, where one is not Latin-1

export function createCounts(): Counts {
  return { windows: new Map(), latest: { startMs: Number.NaN, keys: new KeyCounts() }, rows: 0, stateBytes: 0 };
}

/** Adds one event to every aggregation. It runs once per event, so it allocates for new keys only. */
export function addHit(counts: Counts, windowStartMs: number, keys: Readonly<EventKeys>): void {
  const { latest } = counts;
  if (latest.startMs !== windowStartMs) {
    latest.startMs = windowStartMs;
    latest.keys = counts.windows.get(windowStartMs) ?? createKeyCounts(FIRST);
    counts.windows.set(windowStartMs, latest.keys);
  }
  addAlong(FIRST, latest.keys, counts, keys);
}

function createKeyCounts(step: Step): KeyCounts {
  const created = new KeyCounts();
  if (step.beside !== null) created.beside = createKeyCounts(step.beside);
  return created;
}

function addAlong(first: Step, firstCounts: KeyCounts, counts: Counts, keys: Readonly<EventKeys>): void {
  let step = first;
  let known = firstCounts;
  for (;;) {
    if (step.beside !== null) addAlong(step.beside, known.beside as KeyCounts, counts, keys);
    const { next } = step;
    const key = keys[step.key];
    const count = known.get(key);
    if (count === undefined) {
      known.set(key, next === null ? { hits: 1 } : { hits: 1, next: createKeyCounts(next) });
      if (step.aggregation !== null) counts.rows++;
      counts.stateBytes += BYTES_PER_KEY + 2 * (key === null ? 0 : key.length);
    } else {
      count.hits++;
    }
    if (next === null) return;
    known = (count ?? (known.get(key) as KeyCount)).next as KeyCounts;
    step = next;
  }
}

/** Is told one row after another. The array of keys is the same one each time. */
export type RowVisitor = (
  aggregation: AggregationName,
  windowStartMs: number,
  keys: readonly (string | null)[],
  hits: number,
) => void;

/** Visits the rows of all tables, window by window. */
export function visitRows(counts: Counts, visit: RowVisitor): void {
  const keys: (string | null)[] = [];
  const visitFrom = (step: Step | null, known: KeyCounts | null | undefined, startMs: number): void => {
    if (step === null || !known) return;
    for (const [key, { hits, next }] of known) {
      keys.push(key);
      if (step.aggregation !== null) visit(step.aggregation, startMs, keys, hits);
      visitFrom(step.next, next, startMs);
      keys.pop();
    }
    visitFrom(step.beside, known.beside, startMs);
  };
  for (const [startMs, known] of counts.windows) visitFrom(FIRST, known, startMs);
}
