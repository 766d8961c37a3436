import { describe, expect, it } from 'vitest';
import { openAccount } from '#bench/run/load.ts';
import type { PathRecords } from '#bench/verify/examine-paths.ts';
import { judgeOnePath, judgePaths } from '#bench/verify/judge-paths.ts';
import { ledgerRow } from '#test/support/ledger-row.ts';
import { sequenceNumber } from '#test/support/records.ts';

/** Two records of two events each on one shard. */
function sentFour() {
  const account = openAccount(5_000);
  const event = { eventTimeMs: 7_000, host: 'a', referrer: null };
  for (const n of [1, 2]) {
    const record = { data: new Uint8Array(), partitionKey: 'a', events: [event, event], offsetMs: 0, dueMs: 0 };
    account.enter(record, { shardId: 's', sequenceNumber: BigInt(sequenceNumber(n)), sentMs: 0, lagMs: 0 }, 0);
  }
  return account;
}

/** A path that read so many of the records and counted what was in them. */
function counted(records: number, digest = 'd'): PathRecords {
  const events = 2 * records;
  const table = { missing: 4 - events, surplus: 0, rows: 1, digest, examples: [] };
  const shard = { shardId: 's', before: null, first: sequenceNumber(1), last: sequenceNumber(records) };
  return {
    totals: {
      hits: { byHost: events, bySource: events },
      events,
      quarantined: 0,
      late: 0,
      dropped: 0,
      afterFinal: 0,
      rowsFinal: 2,
      rowsWritten: 2,
      windows: 1,
      openWindows: 1,
      watermarkMs: null,
    },
    comparison: { byHost: table, bySource: table },
    ledger: [ledgerRow({ shards: [shard] })],
    quarantine: [],
  };
}

describe('judgePaths', () => {
  it('finds both paths exact that counted everything alike', () => {
    const paths = { microBatch: counted(2), scheduledBatch: counted(2) };
    expect(judgePaths(sentFour(), 'count', paths)).toMatchObject({ exact: true, sentEvents: 4, pathsAgree: true });
  });

  it('names the path that did not get so far', () => {
    const paths = { microBatch: counted(2), scheduledBatch: counted(1, 'other') };
    expect(judgePaths(sentFour(), 'count', paths)).toMatchObject({
      exact: false,
      pathsAgree: false,
      microBatch: { exact: true, unread: 0 },
      scheduledBatch: { exact: false, unread: 2, missing: 2 },
    });
  });
});

describe('judgeOnePath', () => {
  it('judges a path that has the stream to itself', () => {
    expect(judgeOnePath(sentFour(), 'count', counted(2)).exact).toBe(true);
    expect(judgeOnePath(sentFour(), 'count', counted(1))).toMatchObject({ exact: false, unread: 2, unexplained: 2 });
  });
});
