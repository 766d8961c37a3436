import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { ZipfKeys } from '#model/workload/keys.ts';

/** The keys of a generated load, as its options say them. */
export function generatedKeys(
  options: Pick<BenchmarkOptions, 'hosts' | 'referrers' | 'hostSkew' | 'referrerSkew' | 'nullReferrers'>,
): ZipfKeys {
  const { hosts, referrers, hostSkew, referrerSkew, nullReferrers } = options;
  return { kind: 'zipf', hosts, referrers, hostSkew, referrerSkew, nullReferrerShare: nullReferrers };
}
