import { expect, it } from 'vitest';
import { openAccount } from '#bench/run/load.ts';

it('counts every line of a record that was taken, and keeps where it stands', () => {
  const account = openAccount(5_000);
  const event = { eventTimeMs: 7_000, host: 'a', referrer: null };
  const record = { data: new Uint8Array(), partitionKey: 'a', events: [event, null, event], offsetMs: 30, dueMs: 40 };

  account.enter(record, { shardId: 's', sequenceNumber: 9n, sentMs: 1_050, lagMs: 10 }, 1_000);

  expect(account.oracle.totals()).toEqual({ lines: 3, events: 2, malformed: 1 });
  expect([...account.oracle.hostRows()]).toEqual([{ windowStartMs: 5_000, host: 'a', hits: 2 }]);
  expect([...account.receipts.ofShard('s')]).toEqual([
    { sequenceNumber: 9n, lines: 3, events: 2, intendedMs: 1_030, sentMs: 1_050 },
  ]);
});
