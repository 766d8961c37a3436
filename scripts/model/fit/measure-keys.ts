import type { KeyGroup } from '../workload/key-groups.ts';
import type { MeasuredKeys } from '../workload/keys.ts';
import { estimateProbabilities } from './unseen-keys.ts';

/** A load's own count of its events: hits by window start and host, and hits of each pair of host and referrer. */
export type SeenKeys = {
  readonly byHost: () => ReadonlyMap<number, ReadonlyMap<string, number>>;
  readonly rows: (
    name: 'bySource',
  ) => Iterable<{ readonly host: string; readonly referrer: string | null; readonly hits: number }>;
};

const MOST_GROUPS = 300;
const FIRST_WIDTH = 0.01;

/**
 * How a load's events spread over its keys, over all its windows, in a few hundred groups of about the same probability.
 *
 * @returns null for a load without events; `hosts` are those that came, the groups hold those that were still to come, too
 */
export function measureKeys(oracle: SeenKeys): MeasuredKeys | null {
  const byHost = new Map<string, number>();
  let events = 0;
  for (const hosts of oracle.byHost().values()) {
    for (const [host, hits] of hosts) {
      add(byHost, host, hits);
      events += hits;
    }
  }
  if (events === 0) return null;
  const bySource = new Map<string, number>();
  for (const { host, referrer, hits } of oracle.rows('bySource')) add(bySource, JSON.stringify([host, referrer]), hits);
  return {
    kind: 'measured',
    hosts: byHost.size,
    byHost: compress(estimateProbabilities(byHost.values())),
    bySource: compress(estimateProbabilities(bySource.values())),
    events,
  };
}

/** Groups of nearly the same probability as one of their mean: all of them add up to as much as before. */
function compress(groups: readonly KeyGroup[]): KeyGroup[] {
  for (let width = FIRST_WIDTH; ; width *= 2) {
    const merged = new Map<number, KeyGroup>();
    for (const { probability, keys } of groups) {
      const nearby = Math.round(Math.log(probability) / width);
      const group = merged.get(nearby) ?? { probability: 0, keys: 0 };
      const all = group.keys + keys;
      merged.set(nearby, { probability: (group.probability * group.keys + probability * keys) / all, keys: all });
    }
    if (merged.size <= MOST_GROUPS) return [...merged.values()];
  }
}

function add(counts: Map<string, number>, key: string, hits: number): void {
  counts.set(key, (counts.get(key) ?? 0) + hits);
}
