/** The fields that events are grouped by. A field has the same name in an event and as a column. */
export const KEYS = {
  host: { type: 'varchar', collation: 'C', nullable: false },
  referrer: { type: 'varchar', collation: 'C', nullable: true },
} as const satisfies Record<string, { type: string; collation: string; nullable: boolean }>;

export type Key = keyof typeof KEYS;
/** A key that every event must have; an event without it is quarantined. */
export type RequiredKey = { [Name in Key]: (typeof KEYS)[Name]['nullable'] extends true ? never : Name }[Key];
export const KEY_NAMES = Object.keys(KEYS) as readonly Key[];

/** The keys of one event. Null is a value like any other, as in SQL's `group by`. */
export type EventKeys = { [Name in Key]: (typeof KEYS)[Name]['nullable'] extends true ? string | null : string };

/** The tables of counts. Each has a row per window and distinct keys, and every counted event adds one hit to each table. */
export const AGGREGATIONS = {
  byHost: { table: 'processed_events_aggregated', keys: ['host'] },
  bySource: { table: 'processed_events_aggregated_source', keys: ['host', 'referrer'] },
} as const satisfies Record<string, Aggregation>;

export type Aggregation = { table: string; keys: readonly Key[] };
export type AggregationName = keyof typeof AGGREGATIONS;
export const AGGREGATION_NAMES = Object.keys(AGGREGATIONS) as readonly AggregationName[];

/** A row of one aggregation: its window, its keys and its hits. Hits are text, because they can exceed 2^53. */
export type CountRow<Name extends AggregationName = 'byHost'> = CountRows[Name];

type CountRows = {
  [Name in AggregationName]: { windowStartMs: number; hits: string } & Pick<
    EventKeys,
    (typeof AGGREGATIONS)[Name]['keys'][number]
  >;
};

/** Builds a record with one value for each aggregation. */
export function forAggregations<Value>(of: (name: AggregationName) => Value): Record<AggregationName, Value> {
  return Object.fromEntries(AGGREGATION_NAMES.map((name) => [name, of(name)])) as Record<AggregationName, Value>;
}
