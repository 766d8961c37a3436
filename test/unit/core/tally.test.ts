import { describe, expect, it } from 'vitest';
import { stateBytes } from '#functions/core/tally.ts';
import { eventAt, MINUTE_MS, NOON_MS, SECOND_MS, sequenceNumber, streamRecord } from '#test/support/records.ts';
import { SETTINGS } from '#test/support/settings.ts';
import { hitsByHost, SHARD, tallyOf } from '#test/support/tallies.ts';

const LINE = JSON.stringify(eventAt(NOON_MS, 'a'));

describe('tallyRecord, of lines', () => {
  it.each([
    ['one line', LINE, 1],
    ['one line with its newline', `${LINE}\n`, 1],
    ['two lines, the last without a newline', `${LINE}\n${LINE}`, 2],
    ['lines that end in CRLF', `${LINE}\r\n${LINE}\r\n`, 2],
    ['blank lines between them', `\n\n${LINE}\n \t\r\n\n${LINE}\n\n`, 2],
    ['nothing', '', 0],
    ['a newline alone', '\n', 0],
    ['white space alone', ' \t\r\n \n', 0],
  ])('counts %s', (_, text, events) => {
    const { tally, shard } = tallyOf([streamRecord(text)]);
    expect([tally.events, tally.quarantined.length, tally.records]).toEqual([events, 0, 1]);
    expect(shard.reached.sequenceNumber).toBe(sequenceNumber(1));
  });

  it('judges each line alone: the neighbours of invalid UTF-8, broken JSON and gzip are counted', () => {
    const gzip = Uint8Array.of(0x1f, 0x8b, 0x08, 0x00, 0x00);
    const lines = [LINE, Uint8Array.of(0xc3, 0x28), LINE, '{broken', gzip, LINE, Uint8Array.of(0xef, 0xbb, 0xbf)];

    const { tally } = tallyOf([streamRecord(lines, { n: 7 })]);

    expect(hitsByHost(tally)).toEqual({ '2026-01-31T12:00:00.000Z a': 3 });
    const held = { shardId: SHARD, sequenceNumber: sequenceNumber(7) };
    expect(tally.quarantined).toEqual([
      { ...held, position: 2, reason: 'invalid_utf8', bytes: Buffer.from([0xc3, 0x28]) },
      { ...held, position: 4, reason: 'invalid_json', bytes: Buffer.from('{broken') },
      { ...held, position: 5, reason: 'invalid_utf8', bytes: Buffer.from(gzip) },
      { ...held, position: 7, reason: 'invalid_json', bytes: Buffer.from([0xef, 0xbb, 0xbf]) },
    ]);
  });

  it('counts blank lines among the positions, so that a line is found in its record', () => {
    const { tally } = tallyOf([streamRecord(['', LINE, '', '{broken'])]);
    expect(tally.quarantined.map((line) => line.position)).toEqual([4]);
  });

  it('keeps a copy of the bytes: the record may lie in a buffer that the next one overwrites', () => {
    const record = streamRecord('{broken');
    const { tally } = tallyOf([record]);
    record.data.fill(0);
    expect(String(tally.quarantined[0]?.bytes)).toBe('{broken');
  });

  it('adds up records, bytes, events and when they arrived', () => {
    const one = streamRecord([LINE, LINE], { n: 1, arrivalMs: NOON_MS });
    const two = streamRecord(['{broken'], { n: 2, arrivalMs: NOON_MS + 1 });
    const three = streamRecord([LINE], { n: 3, arrivalMs: NOON_MS + 2 });

    const { tally, shard } = tallyOf([one, two, three]);

    expect(tally).toMatchObject({
      records: 3,
      events: 3,
      bytes: one.data.length + two.data.length + three.data.length,
    });
    expect(tally.arrivals.events).toEqual(
      new Map([
        [NOON_MS, 2],
        [NOON_MS + 2, 1],
      ]),
    );
    expect(shard).toMatchObject({ first: sequenceNumber(1), reached: { sequenceNumber: sequenceNumber(3) } });
    expect(stateBytes(tally)).toBe(tally.counts.stateBytes + 350 + '{broken'.length);
  });
});

describe('tallyRecord, of time', () => {
  const arrivalMs = NOON_MS + 10 * MINUTE_MS;
  const at = (seconds: number) => eventAt(NOON_MS + seconds * SECOND_MS, 'a');

  it('quarantines an event further ahead of its arrival than maxFutureSkew, and not one that is exactly so far', () => {
    const lines = [eventAt(arrivalMs + 300_000, 'on'), eventAt(arrivalMs + 300_001, 'beyond')];
    const { tally } = tallyOf([streamRecord(lines, { arrivalMs })]);
    expect(Object.keys(hitsByHost(tally))).toEqual(['2026-01-31T12:15:00.000Z on']);
    expect(tally.quarantined).toMatchObject([{ reason: 'event_time_in_the_future', position: 2 }]);
  });

  it('is moved by nothing that was quarantined', () => {
    const unfit = { ...at(0), referrer: 7 };
    const { shard } = tallyOf([streamRecord(['{broken', unfit, eventAt(arrivalMs + 300_001)], { arrivalMs })]);
    expect(shard.reached.watermarkMs).toBe(Number.NEGATIVE_INFINITY);
  });

  it("goes no further than the arrival less the bound, however fast a producer's clock is", () => {
    const { shard } = tallyOf([streamRecord(eventAt(arrivalMs + 200_000), { arrivalMs })]);
    expect(shard.reached.watermarkMs).toBe(arrivalMs - SETTINGS.boundMs);
  });

  it.each([
    ['the watermark reaches the end of its window', 315, 1],
    ['it is a second short of that', 314, 0],
  ])('calls an event late where %s', (_, seconds, late) => {
    const { tally } = tallyOf([streamRecord([at(0), at(seconds), at(299)], { arrivalMs })]);
    expect([tally.late, tally.dropped, tally.events]).toEqual([late, 0, 3]);
  });

  it('judges by what stood before the event: an event never makes itself late', () => {
    const settings = { ...SETTINGS, windowMs: 1000, boundMs: 0 };
    const { tally, shard } = tallyOf([streamRecord([at(0), at(1), at(2)], { arrivalMs })], { settings });
    expect(tally.late).toBe(0);
    expect(shard.reached.watermarkMs).toBe(NOON_MS + 2000);
  });

  it('drops late events where the policy says so, and still counts how many', () => {
    const settings = { ...SETTINGS, latePolicy: 'drop' as const };
    const { tally } = tallyOf([streamRecord([at(315), at(299), at(0), at(300)], { arrivalMs })], { settings });
    expect([tally.late, tally.dropped, tally.events]).toEqual([2, 2, 2]);
    expect(hitsByHost(tally)).toEqual({ '2026-01-31T12:05:00.000Z a': 2 });
    expect([...tally.arrivals.events.values()]).toEqual([2]);
  });

  it('is late by the checkpoint that it starts from', () => {
    const from = { sequenceNumber: sequenceNumber(1), watermarkMs: NOON_MS + 300_000 };
    const { tally } = tallyOf([streamRecord([at(299), at(300)], { n: 2, arrivalMs })], { from });
    expect(tally.late).toBe(1);
  });
});
