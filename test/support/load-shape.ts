import type { LoadShape } from '#bench/load/generator.ts';

/** A small load with everything in it that both paths must count alike. */
export const LOAD_SHAPE: LoadShape = {
  seed: 1,
  rate: 300,
  hosts: 20,
  referrers: 10,
  hostSkew: 1,
  referrerSkew: 1,
  nullReferrers: 0.3,
  outOfOrder: 0.3,
  outOfOrderBy: undefined,
  lateShare: 0,
  malformed: 0,
  partitionBy: 'random',
};
