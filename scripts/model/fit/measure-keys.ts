import type { KeyGroup } from '../workload/key-groups.ts';
import type { MeasuredKeys } from '../workload/keys.ts';

/** Counts of a load's events: hits by window start and host, and hits by pair of host and referrer. */
export type SeenKeys = {
  readonly byHost: () => ReadonlyMap<number, ReadonlyMap<string, number>>;
  readonly rows: (
    name: 'bySource',
  ) => Iterable<{ readonly host: string; readonly referrer: string | null; readonly hits: number }>;
};

const MOST_GROUPS = 300;
const FIRST_WIDTH = 0.01;

/**
 * Measures how a load's events spread over its keys, over all windows, in a few hundred groups of about equal probability.
 *
 * @returns null for a load without events. `hosts` counts the hosts that were seen; the groups also hold estimated unseen ones
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

/** Merges groups of about equal probability. A merged group has their mean, so the sum stays the same. */
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

/**
 * Estimates the probability of each key from its hits. The observed share of a rare key is too large, as other keys were not seen yet;
 * used directly, the shares would predict a fifth too few distinct keys in as many events. So the numbers of keys with one and two hits
 * estimate how many keys are unseen and their total probability (Chao's estimator). That probability is taken from the rare keys (Chao
 * and others, 2015, "Unveiling the species-rank abundance distribution").
 *
 * @param hits hits of each key, 1 or more
 * @returns groups whose probabilities add up to 1
 */
export function estimateProbabilities(hits: Iterable<number>): KeyGroup[] {
  const keysByHits = new Map<number, number>();
  let events = 0;
  for (const each of hits) {
    keysByHits.set(each, (keysByHits.get(each) ?? 0) + 1);
    events += each;
  }
  const seen = [...keysByHits].map(([of, keys]) => ({ share: of / events, keys }));
  const unseen = estimateUnseen(keysByHits.get(1) ?? 0, keysByHits.get(2) ?? 0, events);
  if (unseen.keys === 0) return seen.map(({ share, keys }) => ({ probability: share, keys }));
  // The rarer a key, the likelier it could have been missed, and the more of its share belongs to unseen keys.
  const missed = (share: number): number => Math.exp(events * Math.log1p(-share));
  const factor = unseen.weight / seen.reduce((sum, { share, keys }) => sum + keys * share * missed(share), 0);
  return [
    ...seen.map(({ share, keys }) => ({ probability: share * (1 - factor * missed(share)), keys })),
    { probability: unseen.weight / unseen.keys, keys: unseen.keys },
  ].filter(({ probability }) => probability > 0);
}

/** Estimated number of unseen keys, and their total probability. */
function estimateUnseen(once: number, twice: number, events: number): { keys: number; weight: number } {
  const keys = ((events - 1) / events) * (twice > 0 ? once ** 2 / (2 * twice) : (once * (once - 1)) / 2);
  if (keys <= 0) return { keys: 0, weight: 0 };
  const others = (events - 1) * once;
  // A load of two events leaves half a key; less than one key would come with a probability above 1.
  return { keys: Math.max(1, keys), weight: (once / events) * (others / (others + 2 * twice)) };
}
