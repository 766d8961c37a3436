import { describe, expect, it } from 'vitest';
import { MALFORMATIONS } from '#bench/load/event-line.ts';
import { expectFromJson } from '#bench/load/expectation.ts';
import { type GeneratorOptions, generateLines } from '#bench/load/generator.ts';
import type { LoadLine } from '#bench/load/line.ts';

const startMs = Date.UTC(2026, 0, 15, 12);

function generate(overrides: Partial<GeneratorOptions> = {}): LoadLine[] {
  return [
    ...generateLines({
      seed: 7,
      ratePerSecond: 1_000,
      durationMs: 10_000,
      startMs,
      hosts: 4,
      referrers: 3,
      partitionBy: 'host',
      ...overrides,
    }),
  ];
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

describe('generateLines', () => {
  it('gives the same lines for the same options', () => {
    const options = { malformedShare: 0.05, lateShare: 0.1, lateMs: 5_000, durationMs: 1_000 };
    expect(generate(options)).toEqual(generate(options));
  });

  it('gives other lines for another seed', () => {
    expect(generate({ durationMs: 100, seed: 8 })).not.toEqual(generate({ durationMs: 100 }));
  });

  it('intends line i at i / rate, up to the end of the load', () => {
    const lines = generate({ ratePerSecond: 3, durationMs: 1_000 });
    expect(lines.map((line) => line.offsetMs)).toEqual([0, 1_000 / 3, 2_000 / 3]);
  });

  it('writes lines that hold the event that it expects', () => {
    for (const { text, event } of generate({ nullReferrerShare: 0.3, durationMs: 500 })) {
      expect(expectFromJson(Buffer.from(text), Number.POSITIVE_INFINITY)).toEqual(event);
    }
  });

  it('writes the fields of an event', () => {
    const [line] = generate({ durationMs: 1 });
    expect(Object.keys(JSON.parse(String(line?.text)))).toEqual(
      'ip event_time referrer host url user_agent geodata'.split(' '),
    );
  });

  // Shares worked out by hand in zipf.test.ts.
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
      share(generate({ nullReferrerShare: 0.3 }), (line) => line.event?.referrer === null),
      0.3,
    );
    expect(share(generate(), (line) => line.event?.referrer === null)).toBe(0);
  });

  it('puts the share of out-of-order events up to the bound back, and no other', () => {
    const lines = generate({ outOfOrderShare: 0.4, outOfOrderMs: 800 });
    expectShare(
      share(lines, (line) => backMs(line) > 0),
      0.4,
    );
    expect(Math.max(...lines.map(backMs))).toBeGreaterThan(700);
    expect(Math.max(...lines.map(backMs))).toBeLessThanOrEqual(801);
  });

  it('puts the share of late events further back than asked, up to three times as far', () => {
    const lines = generate({ lateShare: 0.1, lateMs: 7_000 });
    const late = lines.filter((line) => backMs(line) > 0);
    expectShare(late.length / lines.length, 0.1);
    expect(Math.min(...late.map(backMs))).toBeGreaterThan(7_000);
    expect(Math.max(...late.map(backMs))).toBeLessThanOrEqual(21_001);
  });

  it('spoils the share of malformed lines, in every way in turn', () => {
    const spoiled = generate({ malformedShare: 0.05 }).filter((line) => line.event === null);
    const kinds = Object.keys(MALFORMATIONS).length;
    expectShare(spoiled.length / 10_000, 0.05);
    expect(new Set(spoiled.slice(0, kinds).map((line) => Buffer.from(line.text).toString('latin1'))).size).toBe(kinds);
  });

  it('leaves the other lines as they were when a share changes', () => {
    const plain = generate();
    for (const [index, line] of generate({ malformedShare: 0.1 }).entries()) {
      if (line.event !== null) expect(line).toEqual(plain[index]);
    }
  });

  it('gives the lines of one host one key, or every line its own', () => {
    const byHost = generate({ durationMs: 1_000 });
    expect(new Set(byHost.map((line) => `${line.partitionKey} ${line.event?.host}`)).size).toBe(4);
    const random = generate({ durationMs: 1_000, partitionBy: 'random' });
    expect(new Set(random.map((line) => line.partitionKey)).size).toBe(1_000);
  });

  it.each([
    [{ ratePerSecond: 0 }, "Invalid rate '0': expected more than 0 events/s"],
    [{ hosts: 0 }, "Invalid number of hosts '0': expected a whole number of 1 or more"],
    [{ lateShare: 1.5 }, "Invalid lateShare '1.5': expected a share from 0 to 1"],
    [
      { lateShare: 0.6, malformedShare: 0.5 },
      'Out-of-order, late and malformed shares add up to 1.1: expected 1 at most',
    ],
  ])('refuses %o before the first line', (options, message) => {
    const good = {
      seed: 1,
      ratePerSecond: 1,
      durationMs: 1,
      startMs,
      hosts: 1,
      referrers: 1,
      partitionBy: 'host',
    } as const;
    expect(() => generateLines({ ...good, ...options })).toThrow(message);
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
