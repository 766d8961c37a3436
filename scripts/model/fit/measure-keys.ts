import type { KeyGroup } from '../workload/key-groups.ts';
import type { MeasuredKeys } from '../workload/keys.ts';

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

/**
 * With which probability each key comes, from how often it came. A rare key's share in what was seen is too large, and others have
 * not come yet; taken as they are, the shares would expect a fifth too few distinct keys in as many events as were seen. So the
 * keys that came once and twice say how many are still to come and how much they weigh (Chao's estimator), and that weight
 * is taken from the rare ones (Chao and others, 2015, "Unveiling the species-rank abundance distribution").
 *
 * @param hits of each key, 1 or more
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
  // The rarer a key, the likelier it might as well not have come, and the more of its share belongs to those that did not.
  const missed = (share: number): number => Math.exp(events * Math.log1p(-share));
  const factor = unseen.weight / seen.reduce((sum, { share, keys }) => sum + keys * share * missed(share), 0);
  return [
    ...seen.map(({ share, keys }) => ({ probability: share * (1 - factor * missed(share)), keys })),
    { probability: unseen.weight / unseen.keys, keys: unseen.keys },
  ].filter(({ probability }) => probability > 0);
}

/** Keys that did not come, and the share of events that would be theirs. */
function estimateUnseen(once: number, twice: number, events: number): { keys: number; weight: number } {
  const keys = ((events - 1) / events) * (twice > 0 ? once ** 2 / (2 * twice) : (once * (once - 1)) / 2);
  if (keys <= 0) return { keys: 0, weight: 0 };
  const others = (events - 1) * once;
  return { keys, weight: (once / events) * (others / (others + 2 * twice)) };
}
