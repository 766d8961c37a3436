import { createRandom, toUnit } from '#model/statistics/random.ts';
import { UsageError } from '#text/usage-error.ts';
import { type EventJson, MALFORMATIONS, writeEvent } from './event-line.ts';
import type { LoadLine, PartitionBy } from './line.ts';

/** What to generate. The lines are a pure function of these options. */
export type GeneratorOptions = {
  readonly seed: number;
  /** Lines per second, above 0; line i is intended at i / rate. */
  readonly ratePerSecond: number;
  readonly durationMs: number;
  /** Event time of offset 0, epoch milliseconds. */
  readonly startMs: number;
  /** Number of distinct hosts. */
  readonly hosts: number;
  /** Number of distinct referrers, null not included. */
  readonly referrers: number;
  /** Zipf exponent of the hosts; 0 is uniform. Default 1. */
  readonly hostSkew?: number;
  /** Zipf exponent of the referrers; 0 is uniform. Default 1. */
  readonly referrerSkew?: number;
  /** Share (0–1) of events without a referrer. Default 0. */
  readonly nullReferrerShare?: number;
  /** Share (0–1) of lines whose event time lies up to `outOfOrderMs` before their intended send time. Default 0. */
  readonly outOfOrderShare?: number;
  readonly outOfOrderMs?: number;
  /** Share (0–1) of lines whose event time lies more than `lateMs` back, up to three times as far. Default 0. */
  readonly lateShare?: number;
  /** Window size + bound makes every such event late. */
  readonly lateMs?: number;
  /** Share (0–1) of lines that must end in quarantine, cycling through every malformation. Default 0. */
  readonly malformedShare?: number;
  readonly partitionBy: PartitionBy;
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
 * Generates the load, line by line in send order, at intended offsets i / rate (fractions of ms included).
 * Every line takes the same number of random draws, so one changed share leaves the other lines as they were.
 * @throws UsageError for a rate, count or share out of range.
 */
export function generateLines(options: GeneratorOptions): Generator<LoadLine> {
  checkOptions(options);
  return linesOf(options);
}

function* linesOf(options: GeneratorOptions): Generator<LoadLine> {
  const { ratePerSecond, durationMs, startMs, partitionBy } = options;
  const { nullReferrerShare = 0, outOfOrderMs = 0, lateMs = 0 } = options;
  const lateBelow = options.lateShare ?? 0;
  const outOfOrderBelow = lateBelow + (options.outOfOrderShare ?? 0);
  const malformedFrom = 1 - (options.malformedShare ?? 0);
  const random = createRandom(options.seed);
  const pickHost = createZipf(options.hosts, options.hostSkew ?? 1);
  const pickReferrer = createZipf(options.referrers, options.referrerSkew ?? 1);
  const hosts = Array.from({ length: options.hosts }, (_, rank) => `site-${rank + 1}.example`);
  const hostTexts = hosts.map((host) => JSON.stringify(host));
  const referrers = Array.from({ length: options.referrers }, (_, rank) => `https://ref-${rank + 1}.example/`);
  const referrerTexts = referrers.map((referrer) => JSON.stringify(referrer));
  const malform = Object.values(MALFORMATIONS);
  let malformed = 0;

  for (let index = 0; (index * 1_000) / ratePerSecond < durationMs; index += 1) {
    const offsetMs = (index * 1_000) / ratePerSecond;
    const fate = toUnit(random());
    const delay = toUnit(random());
    const hostRank = pickHost(toUnit(random()));
    const isNullReferrer = toUnit(random()) < nullReferrerShare;
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

function checkOptions(options: GeneratorOptions): void {
  const { ratePerSecond, durationMs, hosts, referrers } = options;
  if (!(ratePerSecond > 0)) throw new UsageError(`Invalid rate '${ratePerSecond}': expected more than 0 events/s`);
  if (!(durationMs >= 0 && durationMs < Infinity)) {
    throw new UsageError(`Invalid load duration '${durationMs}' ms: expected 0 or more`);
  }
  for (const [name, count] of Object.entries({ hosts, referrers })) {
    if (!(Number.isInteger(count) && count >= 1)) {
      throw new UsageError(`Invalid number of ${name} '${count}': expected a whole number of 1 or more`);
    }
  }
  const { nullReferrerShare = 0, outOfOrderShare = 0, lateShare = 0, malformedShare = 0 } = options;
  for (const [name, share] of Object.entries({ nullReferrerShare, outOfOrderShare, lateShare, malformedShare })) {
    if (!(share >= 0 && share <= 1)) throw new UsageError(`Invalid ${name} '${share}': expected a share from 0 to 1`);
  }
  const sum = outOfOrderShare + lateShare + malformedShare;
  // A line has one fate; 1e-9 forgives what binary fractions add up to.
  if (sum > 1 + 1e-9) {
    throw new UsageError(`Out-of-order, late and malformed shares add up to ${sum}: expected 1 at most`);
  }
}

/**
 * A sampler of ranks 0 … count − 1 whose probabilities fall as 1 / (rank + 1)^exponent; exponent 0 is uniform.
 * It maps a number in [0, 1) to a rank, so that the caller owns the randomness.
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
