import type { KeyGroup } from '../workload/key-groups.ts';

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
