import { describe, expect, it } from 'vitest';
import type { LoadLine } from '#bench/load/line.ts';
import { openAccount, sendPastLoad } from '#bench/run/load.ts';
import { sequenceNumber } from '#test/support/records.ts';
import { scriptedTarget } from '#test/support/scripted-target.ts';

const HOUR = 3_600_000;
const START_MS = Date.now() - 2 * HOUR;
const NEVER = new AbortController().signal;

/** A line a minute for an hour. */
function* anHour(): Generator<LoadLine> {
  for (let offsetMs = 0; offsetMs < HOUR; offsetMs += 60_000) {
    const event = { eventTimeMs: START_MS + offsetMs, host: 'a', referrer: null };
    yield { offsetMs, text: '{}', partitionKey: 'k', event };
  }
}

function streamThatTakesAll(onPut: () => void = () => undefined) {
  let last = 0;
  const target = scriptedTarget({
    kinesis({ input }) {
      onPut();
      const records = input.Records as unknown[];
      return { Records: records.map(() => ({ ShardId: 'a', SequenceNumber: sequenceNumber(++last) })) };
    },
  });
  Object.assign(target.producer, { config: { maxAttempts: async () => 1 } });
  return target;
}

describe('sendPastLoad', () => {
  it('sends an hour at once, enters it into the account and tells every record', async () => {
    const target = streamThatTakesAll();
    const account = openAccount(HOUR);
    let told = 0;
    const load = {
      lines: anHour(),
      startMs: START_MS,
      packing: { eventsPerRecord: 8, mixKeys: true, lingerMs: HOUR },
      onSent: () => void told++,
    };
    const sent = await sendPastLoad(target, 'events-run-1', account, load, NEVER);
    expect(sent).toMatchObject({ records: 8, lines: 60, calls: 1, aborted: false });
    expect(told).toBe(8);
    expect(account.oracle.totals().events).toBe(60);
    expect(account.receipts.totals()).toEqual({ records: 8, lines: 60, events: 60 });
  });

  it('ends on the signal with its reason', async () => {
    const stop = new AbortController();
    const target = streamThatTakesAll(() => stop.abort('interrupted'));
    const load = { lines: anHour(), startMs: START_MS, packing: { eventsPerRecord: 1 } };
    const sending = sendPastLoad(target, 'events-run-1', openAccount(HOUR), load, stop.signal);
    await expect(sending).rejects.toBe('interrupted');
  });
});
