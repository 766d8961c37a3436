import { describe, expect, it } from 'vitest';
import { parseFailedBatch } from '#ops/redrive/failed-batch.ts';
import type { RedriveRow } from '#ops/redrive/redrive.ts';
import { renderList, renderRedrive } from '#ops/redrive/render-redrive.ts';
import { failureRecord } from '#test/support/failure-record.ts';
import { eventAt, NOON_MS, streamRecord } from '#test/support/records.ts';

const NOTHING_ELSE = { unreadable: [], ofOtherStreams: 0 };

function row(given: Partial<RedriveRow>): RedriveRow {
  const figures = { records: 0, counted: 0, alreadyCounted: 0, events: 0, quarantined: 0, dropped: 0 };
  return { source: 'a/b/c', shardId: 'shardId-0', ...figures, problem: null, ...given };
}

describe('what became of failed batches', () => {
  it('is a row each, and the sums', () => {
    const rows = [
      row({
        source: 'aws/lambda/1/first',
        records: 1200,
        counted: 200,
        alreadyCounted: 1000,
        events: 4000,
        quarantined: 3,
      }),
      row({ source: 'second', records: 1, counted: 1, events: 2, dropped: 1 }),
    ];
    expect(renderRedrive(rows, NOTHING_ELSE).split('\n')).toEqual([
      'batch   shard      records  counted  already counted  events  quarantined  dropped',
      'first   shardId-0    1,200      200            1,000   4,000            3        0',
      'second  shardId-0        1        1                0       2            0        1',
      'total                1,201      201            1,000   4,002            3        1',
    ]);
  });

  it('names whatever could not be counted, and what was left out', () => {
    const others = { unreadable: ['x is no failure record'], ofOtherStreams: 2 };
    const text = renderRedrive([row({ problem: 'has expired' })], others);
    expect(text.split('\n\n').slice(1)).toEqual([
      'Not counted:\n  a/b/c: has expired\n  x is no failure record',
      'Left out: 2 failed batches of other streams; name them to redrive them.',
    ]);
  });

  it('is said in words where there were none', () => {
    expect(renderRedrive([], NOTHING_ELSE)).toBe('Nothing to redrive.');
  });
});

describe('the list of failed batches', () => {
  it('says of each where it is, how much, and why it was given up', () => {
    const records = [streamRecord(eventAt(NOON_MS)), streamRecord(eventAt(NOON_MS), { n: 2 })];
    const batches = [parseFailedBatch('aws/lambda/1/key', failureRecord(records))];
    expect(renderList({ batches, ...NOTHING_ELSE }).split('\n')).toEqual([
      'shard                 first arrival             records  reason                  payload  name',
      'shardId-000000000000  2026-01-31T12:00:00.000Z        2  RetryAttemptsExhausted  yes      aws/lambda/1/key',
    ]);
  });

  it('is said in words where there are none, and what else there is', () => {
    expect(renderList({ batches: [], unreadable: [], ofOtherStreams: 1 })).toBe(
      'No failed batches of this stream.\n\nLeft out: 1 failed batch of other streams; name them to redrive them.',
    );
  });
});
