import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Settings } from '#functions/core/settings.ts';
import { UNREAD } from '#functions/core/shard.ts';
import type { StreamRecord } from '#functions/core/tally.ts';
import { eventAt, NOON_MS, streamRecord } from '#test/support/records.ts';
import { SETTINGS } from '#test/support/settings.ts';
import { hitsByHost, tallyOf } from '#test/support/tallies.ts';

/** Events up to a minute out of order in windows of 10 s, some from a fast clock, some that can't be counted. */
const lines = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.integer({ min: -60_000, max: 1000 }), fc.constantFrom('a', 'b', '__proto__')) },
  { weight: 1, arbitrary: fc.tuple(fc.constant(400_000), fc.constant('fast')) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const sequences = fc
  .array(fc.tuple(fc.nat({ max: 5000 }), fc.array(lines, { maxLength: 4 })), { maxLength: 30 })
  .map((drawn) => {
    let arrivalMs = NOON_MS;
    return drawn.map(([gapMs, drawnLines], i) => {
      arrivalMs += gapMs;
      const texts = drawnLines.map((line) => (line === null ? '{broken' : eventAt(arrivalMs + line[0], line[1])));
      return streamRecord(texts.length === 0 ? '' : texts, { n: i + 1, arrivalMs });
    });
  });

type Totals = { hits: Record<string, number>; numbers: number[]; watermarkMs: number; reached: string | null };

function totalsOf(batches: StreamRecord[][], settings: Settings): Totals {
  const totals: Totals = { hits: {}, numbers: [0, 0, 0, 0, 0, 0], watermarkMs: UNREAD.watermarkMs, reached: null };
  let from = UNREAD;
  for (const batch of batches) {
    const { tally, shard } = tallyOf(batch, { from, settings });
    for (const [key, hits] of Object.entries(hitsByHost(tally))) totals.hits[key] = (totals.hits[key] ?? 0) + hits;
    const { events, late, dropped, records, bytes, quarantined } = tally;
    totals.numbers = [events, late, dropped, records, bytes, quarantined.length].map(
      (value, i) => value + (totals.numbers[i] ?? 0),
    );
    from = shard.reached;
  }
  return { ...totals, watermarkMs: from.watermarkMs, reached: from.sequenceNumber };
}

/** The sequence as it falls apart at these places. */
function cut(records: StreamRecord[], places: number[]): StreamRecord[][] {
  const ends = [...new Set(places.map((place) => place % (records.length + 1)))].sort((a, b) => a - b);
  return [...ends, records.length].map((end, i) => records.slice(i === 0 ? 0 : ends[i - 1], end));
}

describe('tallies of one sequence of records', () => {
  it.each(['count', 'drop'] as const)(
    'sum to the same counts, late, dropped, quarantined and watermark however it is cut into batches (policy %s)',
    (latePolicy) => {
      const settings = { ...SETTINGS, windowMs: 10_000, boundMs: 5_000, latePolicy };
      fc.assert(
        fc.property(sequences, fc.array(fc.nat(), { maxLength: 10 }), (records, places) => {
          expect(totalsOf(cut(records, places), settings)).toEqual(totalsOf([records], settings));
        }),
        { numRuns: 300 },
      );
    },
  );

  it('account for every line: counted, dropped or quarantined', () => {
    const settings = { ...SETTINGS, windowMs: 10_000, boundMs: 5_000, latePolicy: 'drop' as const };
    fc.assert(
      fc.property(sequences, (records) => {
        const { tally } = tallyOf(records, { settings });
        const sent = records.reduce(
          (sum, { data }) => sum + (data.length === 0 ? 0 : String(data).split('\n').length),
          0,
        );
        expect(tally.events + tally.dropped + tally.quarantined.length).toBe(sent);
        expect(Object.values(hitsByHost(tally)).reduce((sum, hits) => sum + hits, 0)).toBe(tally.events);
        expect([...tally.arrivals.events.values()].reduce((sum, events) => sum + events, 0)).toBe(tally.events);
      }),
    );
  });
});
