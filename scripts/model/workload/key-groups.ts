import { amount, type Infer, object, share, someOf, within } from '#text/schema.ts';

/** A number of keys with the same probability. */
export const KEY_GROUP = object({
  probability: share('probability of each of these keys'),
  keys: amount('keys', 'number of keys with that probability'),
});
export type KeyGroup = Infer<typeof KEY_GROUP>;

/** Least and greatest number of keys that a row table supports. */
export const KEYS_COUNTED = [1, 1_000_000_000] as const;

/** Keys that follow Zipf's law. */
export const ZIPF_SHAPE = object({
  hosts: within(KEYS_COUNTED[0], KEYS_COUNTED[1], 'keys', 'number of hosts'),
  referrers: within(KEYS_COUNTED[0], KEYS_COUNTED[1], 'keys', 'number of referrers'),
  hostSkew: within(0, 5, '', 'Zipf exponent of the hosts; 0 is uniform'),
  referrerSkew: within(0, 5, '', 'Zipf exponent of the referrers'),
  nullReferrerShare: share('share of the events without a referrer'),
});
export type ZipfShape = Infer<typeof ZIPF_SHAPE>;

export const MEASURED_SHAPE = object({
  byHost: someOf(KEY_GROUP, 'hosts'),
  bySource: someOf(KEY_GROUP, 'pairs of host and referrer, events without a referrer included'),
});
export type MeasuredShape = Infer<typeof MEASURED_SHAPE>;

const EXACT_RANKS = 200;
const RANK_GROWTH = 1.05;
/** Factor between the probabilities of neighbouring groups; sums over such groups are off by a hundredth of a percent. */
const PROBABILITY_GROWTH = 1.03;

/** Groups the keys of both tables by probability: some hundred to a thousand groups for any number of keys. */
export function zipfGroups({ hosts, referrers, hostSkew, referrerSkew, nullReferrerShare }: ZipfShape): KeyGroup[] {
  const byHost = zipfRanks(hosts, hostSkew);
  const named = zipfRanks(referrers, referrerSkew).map(({ probability, keys }) => ({
    probability: probability * (1 - nullReferrerShare),
    keys,
  }));
  const byReferrer = [...named, { probability: nullReferrerShare, keys: 1 }];
  const groups = createGroups();
  for (const host of byHost) {
    groups.add(host.probability, host.keys);
    for (const referrer of byReferrer) {
      groups.add(host.probability * referrer.probability, host.keys * referrer.keys);
    }
  }
  return groups.list();
}

export function measuredGroups({ byHost, bySource }: MeasuredShape): KeyGroup[] {
  const groups = createGroups();
  for (const { probability, keys } of byHost) groups.add(probability, keys);
  for (const { probability, keys } of bySource) groups.add(probability, keys);
  return groups.list();
}

/** Groups of Zipf ranks. Beyond the first 200 ranks, neighbours differ little, so they share groups that are 5 % wide. */
function zipfRanks(count: number, exponent: number): KeyGroup[] {
  const weights: KeyGroup[] = [];
  let total = 0;
  for (let first = 1; first <= count; ) {
    const last = first <= EXACT_RANKS ? first : Math.min(count, Math.floor(first * RANK_GROWTH));
    const middle = (first + last) / 2;
    const keys = last - first + 1;
    weights.push({ probability: middle ** -exponent, keys });
    total += keys * middle ** -exponent;
    first = last + 1;
  }
  return weights.map(({ probability, keys }) => ({ probability: probability / total, keys }));
}

/** Collects keys by the logarithm of their probability. The total probability of a group's keys stays exact. */
function createGroups(): { add: (probability: number, keys: number) => void; list: () => KeyGroup[] } {
  const perGrowth = 1 / Math.log(PROBABILITY_GROWTH);
  const keysBy: number[] = [];
  const sharesBy: number[] = [];
  return {
    add(probability, keys) {
      if (probability <= 0 || keys <= 0) return;
      const place = Math.max(0, Math.round(-Math.log(probability) * perGrowth));
      while (keysBy.length <= place) {
        keysBy.push(0);
        sharesBy.push(0);
      }
      keysBy[place] = (keysBy[place] ?? 0) + keys;
      sharesBy[place] = (sharesBy[place] ?? 0) + probability * keys;
    },
    list: () =>
      keysBy
        .map((keys, place) => ({ probability: Math.min(1, (sharesBy[place] ?? 0) / keys), keys }))
        .filter(({ keys }) => keys > 0),
  };
}
