import { describe, expect, it } from 'vitest';
import { MALFORMATIONS } from '#bench/load/event-line.ts';
import { expectFromJson } from '#bench/load/expectation.ts';
import { createZipf, generateLoad, type LoadShape, type LoadTimes } from '#bench/load/generator.ts';
import type { LoadLine } from '#bench/load/line.ts';

const startMs = Date.UTC(2026, 0, 15, 12);

const SHAPE: LoadShape = {
  seed: 7,
  rate: 1_000,
  hosts: 4,
  referrers: 3,
  hostSkew: 1,
  referrerSkew: 1,
  nullReferrers: 0,
  outOfOrder: 0,
  outOfOrderBy: undefined,
  lateShare: 0,
  malformed: 0,
  partitionBy: 'host',
};

function generate({
  durationMs = 10_000,
  windowMs = 60_000,
  boundMs = 5_000,
  ...shape
}: Partial<LoadShape & LoadTimes> = {}): LoadLine[] {
  return [...generateLoad({ ...SHAPE, ...shape }, { startMs, durationMs, windowMs, boundMs })];
}

function share(lines: readonly LoadLine[], isIn: (line: LoadLine) => boolean): number {
  return lines.filter(isIn).length / lines.length;
}

/** How far the event lies before its intended send time, ms. */
function backMs(line: LoadLine): number {
  return startMs + line.offsetMs - (line.event?.eventTimeMs ?? Number.NaN);
}

/** The standard deviation of a share of 10,000 draws is 0.005 at most; this allows three. */
function expectShare(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThan(0.015);
}

describe('generateLoad', () => {
  it('gives the same lines for the same options', () => {
    const options = { malformed: 0.05, lateShare: 0.1, durationMs: 1_000 };
    expect(generate(options)).toEqual(generate(options));
  });

  it('gives other lines for another seed', () => {
    expect(generate({ durationMs: 100, seed: 8 })).not.toEqual(generate({ durationMs: 100 }));
  });

  it('intends line i at i / rate, up to the end of the load', () => {
    const lines = generate({ rate: 3, durationMs: 1_000 });
    expect(lines.map((line) => line.offsetMs)).toEqual([0, 1_000 / 3, 2_000 / 3]);
    expect(lines[0]?.event?.eventTimeMs).toBe(startMs);
    const many = generate({ rate: 100 });
    expect([many.length, many.at(-1)?.offsetMs]).toEqual([1_000, 9_990]);
  });

  it('writes lines that hold the event that it expects', () => {
    for (const { text, event } of generate({ nullReferrers: 0.3, durationMs: 500 })) {
      expect(expectFromJson(Buffer.from(text), Number.POSITIVE_INFINITY)).toEqual(event);
    }
  });

  it('writes the fields of an event', () => {
    const [line] = generate({ durationMs: 1 });
    expect(Object.keys(JSON.parse(String(line?.text)))).toEqual(
      'ip event_time referrer host url user_agent geodata'.split(' '),
    );
  });

  // The shares are worked out by hand below, under createZipf.
  it('skews hosts as Zipf says', () => {
    const lines = generate();
    for (const [rank, expected] of [0.48, 0.24, 0.16, 0.12].entries()) {
      const host = `site-${rank + 1}.example`;
      expectShare(
        share(lines, (line) => line.event?.host === host),
        expected,
      );
    }
  });

  it('spreads hosts and referrers evenly with exponent 0', () => {
    const lines = generate({ hostSkew: 0, referrerSkew: 0 });
    expectShare(
      share(lines, (line) => line.event?.host === 'site-4.example'),
      1 / 4,
    );
    expectShare(
      share(lines, (line) => line.event?.referrer === 'https://ref-3.example/'),
      1 / 3,
    );
  });

  it('keeps to the share of null referrers', () => {
    expectShare(
      share(generate({ nullReferrers: 0.3 }), (line) => line.event?.referrer === null),
      0.3,
    );
    expect(share(generate(), (line) => line.event?.referrer === null)).toBe(0);
  });

  it.each([
    [undefined, 5_000],
    [800, 800],
    [20_000, 20_000],
  ])(
    'puts the share of out-of-order events back by up to %s ms, or by the bound, and no other',
    (outOfOrderBy, mostMs) => {
      const lines = generate({ outOfOrder: 0.4, outOfOrderBy });
      expectShare(
        share(lines, (line) => backMs(line) > 0),
        0.4,
      );
      expect(Math.max(...lines.map(backMs))).toBeGreaterThan(mostMs * 0.9);
      expect(Math.max(...lines.map(backMs))).toBeLessThanOrEqual(mostMs + 1);
    },
  );

  it.each([
    [5_000, 2_000],
    [60_000, 5_000],
  ])(
    'puts the share of late events further back than a window of %d ms + a bound of %d ms, up to three times as far',
    (windowMs, boundMs) => {
      const lateMs = windowMs + boundMs;
      const lines = generate({ lateShare: 0.1, windowMs, boundMs });
      const late = lines.filter((line) => backMs(line) > 0);
      expectShare(late.length / lines.length, 0.1);
      expect(Math.min(...late.map(backMs))).toBeGreaterThan(lateMs);
      expect(Math.max(...late.map(backMs))).toBeLessThanOrEqual(3 * lateMs + 1);
    },
  );

  it('spoils the share of malformed lines, in every way in turn', () => {
    const spoiled = generate({ malformed: 0.05 }).filter((line) => line.event === null);
    const kinds = Object.keys(MALFORMATIONS).length;
    expectShare(spoiled.length / 10_000, 0.05);
    expect(new Set(spoiled.slice(0, kinds).map((line) => Buffer.from(line.text).toString('latin1'))).size).toBe(kinds);
  });

  it('leaves the other lines as they were when a share changes', () => {
    const plain = generate();
    for (const [index, line] of generate({ malformed: 0.1 }).entries()) {
      if (line.event !== null) expect(line).toEqual(plain[index]);
    }
  });

  it('gives the lines of one host one key, or every line its own', () => {
    const byHost = generate({ durationMs: 1_000 });
    expect(new Set(byHost.map((line) => `${line.partitionKey} ${line.event?.host}`)).size).toBe(4);
    const random = generate({ durationMs: 1_000, partitionBy: 'random' });
    expect(new Set(random.map((line) => line.partitionKey)).size).toBe(1_000);
  });
});

describe('malformations', () => {
  const eventTimeMs = Date.UTC(2026, 0, 15);
  const fields = {
    ip: '"203.0.113.1"',
    eventTime: '"2026-01-15T00:00:00.000Z"',
    referrer: 'null',
    host: '"site-1.example"',
    url: '"/"',
    userAgent: '"ua"',
    geodata: '{}',
  };
  // A load that starts a year in the past must still be refused.
  const latestEventTimeMs = eventTimeMs + 366 * 86_400_000;

  it.each(Object.entries(MALFORMATIONS))('%s is one line that cannot be counted', (_name, spoil) => {
    const bytes = Buffer.from(spoil(fields, eventTimeMs));
    expect(bytes.includes(0x0a)).toBe(false);
    expect(bytes.toString().trim()).not.toBe('');
    expect(expectFromJson(bytes, latestEventTimeMs)).toBeNull();
  });
});

describe('createZipf', () => {
  // Four ranks, exponent 1: weights 1, 1/2, 1/3, 1/4 add up to 25/12, so the shares are 12/25, 6/25, 4/25, 3/25.
  it.each([
    [0, 0],
    [0.4799, 0],
    [0.4801, 1],
    [0.7199, 1],
    [0.7201, 2],
    [0.8799, 2],
    [0.8801, 3],
    [0.9999, 3],
  ])('maps %d to rank %d of four with exponent 1', (unit, rank) => {
    expect(createZipf(4, 1)(unit)).toBe(rank);
  });

  it('is uniform with exponent 0', () => {
    const pick = createZipf(4, 0);
    expect([0, 0.26, 0.51, 0.76].map(pick)).toEqual([0, 1, 2, 3]);
  });

  it('has one rank to give when there is one', () => {
    expect(createZipf(1, 1)(0.999_999)).toBe(0);
  });
});
