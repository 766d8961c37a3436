import { amount, byKind, type Infer, object, oneOf, within } from '#text/schema.ts';
import { KEYS_COUNTED, type KeyGroup, MEASURED_SHAPE, measuredGroups, ZIPF_SHAPE, zipfGroups } from './key-groups.ts';
import { createRowTable, type RowTable } from './row-table.ts';

/** Keys with the distribution of the load generator. */
const ZIPF_KEYS = object({ kind: oneOf(['zipf'], 'keys of a generated load'), ...ZIPF_SHAPE.entries }, 'zipf keys');
export type ZipfKeys = Infer<typeof ZIPF_KEYS>;

/** Keys that were measured in a log. */
const MEASURED_KEYS = object(
  {
    kind: oneOf(['measured'], 'keys of a replayed log'),
    ...MEASURED_SHAPE.entries,
    hosts: within(KEYS_COUNTED[0], KEYS_COUNTED[1], 'keys', 'number of hosts'),
    events: amount('events', 'events that the keys were seen in'),
  },
  'measured keys',
);
export type MeasuredKeys = Infer<typeof MEASURED_KEYS>;

export const KEYS = byKind(ZIPF_KEYS, MEASURED_KEYS, 'keys of a generated load, or of a replayed log');
export type Keys = ZipfKeys | MeasuredKeys;

/** The keys with another number of hosts. Measured groups keep their shape and get proportionally more or fewer keys. */
export function withHosts(keys: Keys, hosts: number): Keys {
  if (keys.kind === 'zipf') return { ...keys, hosts };
  const factor = hosts / keys.hosts;
  const spread = (groups: readonly KeyGroup[]): KeyGroup[] =>
    groups.map((group) => ({ probability: group.probability / factor, keys: group.keys * factor }));
  return { ...keys, hosts, byHost: spread(keys.byHost), bySource: spread(keys.bySource) };
}

/**
 * Makes the table of rows by number of events, over both tables: hosts, and pairs of host and referrer (or none). A row count is the
 * expectation for independent events, Σ 1 − (1 − p)^events, to half a percent. Making the table takes milliseconds and a verdict reads
 * it thousands of times, so `prepareWorkload` makes it once.
 */
export function tabulateRows(keys: Keys): RowTable {
  return createRowTable(keys.kind === 'zipf' ? zipfGroups(keys) : measuredGroups(keys));
}
