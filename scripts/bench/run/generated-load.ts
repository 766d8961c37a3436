import type { BenchmarkOptions } from '../benchmark-options.ts';
import { generateLines } from '../load/generator.ts';
import type { LoadLine } from '../load/line.ts';

/** What a generated load is made of, whenever it is sent and however it is packed. */
export type LoadShape = Pick<
  BenchmarkOptions,
  | 'seed'
  | 'rate'
  | 'hosts'
  | 'referrers'
  | 'hostSkew'
  | 'referrerSkew'
  | 'nullReferrers'
  | 'outOfOrder'
  | 'lateShare'
  | 'malformed'
  | 'partitionBy'
> & {
  /** Ms; undefined: the bound. */
  outOfOrderBy: number | undefined;
};

/** When the events happen, and what makes one of them late; all ms. */
export type LoadTimes = {
  /** Event time of the first, epoch ms. */
  startMs: number;
  durationMs: number;
  windowMs: number;
  boundMs: number;
};

/** @throws UsageError for a rate, count or share out of range */
export function generateLoad(shape: LoadShape, times: LoadTimes): Generator<LoadLine> {
  const { startMs, durationMs, windowMs, boundMs } = times;
  return generateLines({
    seed: shape.seed,
    ratePerSecond: shape.rate,
    durationMs,
    startMs,
    hosts: shape.hosts,
    referrers: shape.referrers,
    hostSkew: shape.hostSkew,
    referrerSkew: shape.referrerSkew,
    nullReferrerShare: shape.nullReferrers,
    outOfOrderShare: shape.outOfOrder,
    outOfOrderMs: shape.outOfOrderBy ?? boundMs,
    lateShare: shape.lateShare,
    lateMs: windowMs + boundMs,
    malformedShare: shape.malformed,
    partitionBy: shape.partitionBy,
  });
}
