import { createRandom, toUnit } from '#model/statistics/random.ts';
import type { ZipfKeys } from '#model/workload/keys.ts';
import { type EventJson, MALFORMATIONS, writeEvent } from './event-line.ts';
import type { LoadLine, PartitionBy } from './line.ts';

/** Content of a generated load; sending times and packing are set elsewhere. Shares lie from 0 to 1. */
export type LoadShape = {
  readonly seed: number;
  /** Lines per second, above 0; line i is intended at i / rate. */
  readonly rate: number;
  /** Number of distinct hosts. */
  readonly hosts: number;
  /** Number of distinct referrers; null is not one of them. */
  readonly referrers: number;
  /** Zipf exponent of the hosts; 0 is uniform. */
  readonly hostSkew: number;
  /** Zipf exponent of the referrers; 0 is uniform. */
  readonly referrerSkew: number;
  /** Share of events without a referrer. */
  readonly nullReferrers: number;
  /** Share of lines whose event time lies up to `outOfOrderBy` before their intended send time. */
  readonly outOfOrder: number;
  /** Greatest disorder, ms; undefined: the bound. */
  readonly outOfOrderBy: number | undefined;
  /** Share of lines whose event time lies more than window + bound back, up to three times as far. */
  readonly lateShare: number;
  /** Share of lines that must end in quarantine; they take every malformation in turn. */
  readonly malformed: number;
  readonly partitionBy: PartitionBy;
};

/** How the keys of a generated load are distributed. */
export type KeyShape = Pick<LoadShape, 'hosts' | 'referrers' | 'hostSkew' | 'referrerSkew' | 'nullReferrers'>;

/** The keys of a generated load, as the model describes them. */
export function keysOf({ hosts, referrers, hostSkew, referrerSkew, nullReferrers }: KeyShape): ZipfKeys {
  return { kind: 'zipf', hosts, referrers, hostSkew, referrerSkew, nullReferrerShare: nullReferrers };
}

/** When the events of a load happen, and which of them are late. All in ms. */
export type LoadTimes = {
  /** Event time of the first event, epoch ms. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly windowMs: number;
  readonly boundMs: number;
};

const PATHS = ['/', '/pricing', '/docs/start', '/blog/2026/tides', '/login', '/search?q=tide', '/feed.xml', '/cart'];
const USER_AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64)',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)',
  'curl/8.5.0',
  'bot/2',
];
const COUNTRIES = ['US', 'DE', 'IN', 'BR', 'JP', 'NG', 'FR', 'AU'];
const URL_TEXTS = PATHS.map((path) => JSON.stringify(path));
const USER_AGENT_TEXTS = USER_AGENTS.map((userAgent) => JSON.stringify(userAgent));
const GEODATA_TEXTS = COUNTRIES.map((country) => JSON.stringify({ country }));

/**
 * Generates the load line by line, in the order of sending. Line i is intended at i / rate, fractions of ms included.
 * Every line takes the same number of random draws, so that one changed share leaves the other lines as they were.
 */
export function* generateLoad(shape: LoadShape, times: LoadTimes): Generator<LoadLine> {
  const { rate, partitionBy } = shape;
  const { startMs, durationMs, windowMs, boundMs } = times;
  const outOfOrderMs = shape.outOfOrderBy ?? boundMs;
  const lateMs = windowMs + boundMs;
  const lateBelow = shape.lateShare;
  const outOfOrderBelow = lateBelow + shape.outOfOrder;
  const malformedFrom = 1 - shape.malformed;
  const random = createRandom(shape.seed);
  const pickHost = createZipf(shape.hosts, shape.hostSkew);
  const pickReferrer = createZipf(shape.referrers, shape.referrerSkew);
  const hosts = Array.from({ length: shape.hosts }, (_, rank) => `site-${rank + 1}.example`);
  const hostTexts = hosts.map((host) => JSON.stringify(host));
  const referrers = Array.from({ length: shape.referrers }, (_, rank) => `https://ref-${rank + 1}.example/`);
  const referrerTexts = referrers.map((referrer) => JSON.stringify(referrer));
  const malform = Object.values(MALFORMATIONS);
  let malformed = 0;

  for (let index = 0; (index * 1_000) / rate < durationMs; index += 1) {
    const offsetMs = (index * 1_000) / rate;
    const fate = toUnit(random());
    const delay = toUnit(random());
    const hostRank = pickHost(toUnit(random()));
    const isNullReferrer = toUnit(random()) < shape.nullReferrers;
    const referrerRank = pickReferrer(toUnit(random()));
    const details = random();
    const key = random();

    // 1 − delay lies in (0, 1]: a late event is always further back than lateMs.
    let backMs = 0;
    if (fate < lateBelow) backMs = lateMs + (1 - delay) * 2 * lateMs;
    else if (fate < outOfOrderBelow) backMs = (1 - delay) * outOfOrderMs;
    const eventTimeMs = Math.floor(startMs + offsetMs - backMs);
    const host = hosts[hostRank] ?? '';
    const referrer = isNullReferrer ? null : (referrers[referrerRank] ?? '');
    const fields: EventJson = {
      ip: `"203.0.113.${details & 0xff}"`,
      eventTime: `"${new Date(eventTimeMs).toISOString()}"`,
      referrer: isNullReferrer ? 'null' : (referrerTexts[referrerRank] ?? 'null'),
      host: hostTexts[hostRank],
      url: URL_TEXTS[(details >>> 8) & 7] ?? '"/"',
      userAgent: USER_AGENT_TEXTS[(details >>> 11) & 3] ?? '""',
      geodata: GEODATA_TEXTS[(details >>> 13) & 7] ?? '{}',
    };
    const partitionKey = partitionBy === 'host' ? host : key.toString(36);
    if (fate >= malformedFrom) {
      const text = malform[malformed % malform.length]?.(fields, eventTimeMs) ?? '{';
      malformed += 1;
      yield { offsetMs, text, partitionKey, event: null };
    } else {
      yield { offsetMs, text: writeEvent(fields), partitionKey, event: { eventTimeMs, host, referrer } };
    }
  }
}

/**
 * Returns a sampler of ranks 0 … count − 1. Their probabilities fall as 1 / (rank + 1)^exponent; exponent 0 is uniform.
 * The sampler maps a number in [0, 1) to a rank, so that the caller owns the randomness.
 */
export function createZipf(count: number, exponent: number): (unit: number) => number {
  const cumulative = new Float64Array(count);
  let total = 0;
  for (let rank = 0; rank < count; rank += 1) {
    total += (rank + 1) ** -exponent;
    cumulative[rank] = total;
  }
  return (unit) => {
    const target = unit * total;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] ?? total) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
