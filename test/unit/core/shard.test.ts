import { describe, expect, it } from 'vitest';
import { checkpointAfter, isCounted, startGap, startShard, UNREAD } from '#functions/core/shard.ts';
import { sequenceNumber } from '#test/support/records.ts';

describe('isCounted', () => {
  it.each([
    ['below', sequenceNumber(4), true],
    ['at', sequenceNumber(5), true],
    ['above', sequenceNumber(6), false],
    ['above, though less as text,', `1${sequenceNumber(4)}`, false],
    ['below, though greater as text,', '9', true],
  ])('of a record %s the checkpoint: %s is %s', (_, record, counted) => {
    expect(isCounted(record, { sequenceNumber: sequenceNumber(5), watermarkMs: 0 })).toBe(counted);
  });

  it('is false for every record while there is no checkpoint', () => {
    expect(isCounted('0', UNREAD)).toBe(false);
  });
});

describe('startShard', () => {
  it('starts at its checkpoint, which it never moves', () => {
    const from = { sequenceNumber: '7', watermarkMs: 5 };
    const shard = startShard('a', from);
    shard.reached.sequenceNumber = '8';
    expect(from).toEqual({ sequenceNumber: '7', watermarkMs: 5 });
    expect(shard).toMatchObject({ shardId: 'a', first: null, silentMs: 0, drained: false });
  });
});

describe('checkpointAfter', () => {
  it('is where the batch came to', () => {
    const shard = { ...startShard('a', UNREAD), reached: { sequenceNumber: '8', watermarkMs: 6 } };
    expect(checkpointAfter(shard)).toEqual({ sequenceNumber: '8', watermarkMs: 6 });
  });

  it('is where the shard stood, watermark and all, when a gap behind it was filled', () => {
    const from = { sequenceNumber: '10', watermarkMs: 5 };
    const gap = startGap('a', from, 3);
    expect(gap.reached.watermarkMs).toBe(3);
    expect(checkpointAfter({ ...gap, reached: { sequenceNumber: '8', watermarkMs: 900 } })).toEqual(from);
  });

  it('stays null while nothing was read', () => {
    expect(checkpointAfter(startShard('a', UNREAD))).toEqual(UNREAD);
  });
});
