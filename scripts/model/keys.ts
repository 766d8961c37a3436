import type { Workload } from './workload.ts';

/** So many keys that are hit with the same probability each. */
type KeyGroup = { readonly probability: number; readonly keys: number };

const EXACT_RANKS = 200;
const GROUP_GROWTH = 1.05;

/**
 * Rows that so many events touch in both tables: hosts, and pairs of host and referrer (or none), each key counted once. The
 * expectation over events that are drawn independently: Σ 1 − (1 − p)^events.
 */
export function createRowCounter(workload: Workload): (events: number) => number {
  const { hosts, referrers, hostSkew, referrerSkew, nullReferrerShare } = workload;
  const byHost = zipfGroups(hosts, hostSkew);
  const named = zipfGroups(referrers, referrerSkew).map(({ probability, keys }) => ({
    probability: probability * (1 - nullReferrerShare),
    keys,
  }));
  const byReferrer = [...named, { probability: nullReferrerShare, keys: 1 }];
  const bySource = byHost.flatMap((host) =>
    byReferrer.map((referrer) => ({
      probability: host.probability * referrer.probability,
      keys: host.keys * referrer.keys,
    })),
  );
  return (events) => expectDistinct(byHost, events) + expectDistinct(bySource, events);
}

/** Ranks beyond the first few hundred differ little from their neighbours, so they stand in groups of 5 %. */
function zipfGroups(count: number, exponent: number): KeyGroup[] {
  const weights: KeyGroup[] = [];
  let total = 0;
  for (let first = 1; first <= count; ) {
    const last = first <= EXACT_RANKS ? first : Math.min(count, Math.floor(first * GROUP_GROWTH));
    const middle = (first + last) / 2;
    const keys = last - first + 1;
    weights.push({ probability: middle ** -exponent, keys });
    total += keys * middle ** -exponent;
    first = last + 1;
  }
  return weights.map(({ probability, keys }) => ({ probability: probability / total, keys }));
}

function expectDistinct(groups: readonly KeyGroup[], events: number): number {
  if (events <= 0) return 0;
  // expm1 and log1p: a rare key's share would be lost in 1 − (1 − p)^n.
  return groups.reduce(
    (sum, { probability, keys }) => sum - keys * Math.expm1(events * Math.log1p(-Math.min(1, probability))),
    0,
  );
}
