import { describe, expect, it } from 'vitest';
import { afterRead, mayRead, NO_READS, type ReadHistory } from '#localstack/embedded/kinesis/child/get-records.ts';

const MB = 1024 * 1024;

const readAt = (...times: number[]): ReadHistory =>
  times.reduce((history, timeMs) => afterRead(history, 0, timeMs), NO_READS);

describe('the read limits of a shard', () => {
  it('allow five reads in any second', () => {
    const history = readAt(0, 100, 200, 300, 400);
    expect(mayRead(history, 999)).toBe(false);
    expect(mayRead(history, 1000)).toBe(true);
  });

  it('close the shard for five seconds after 10 MB', () => {
    const history = afterRead(NO_READS, 10 * MB, 0);
    expect(mayRead(history, 4999)).toBe(false);
    expect(mayRead(history, 5000)).toBe(true);
  });

  it('leave the shard open after less than a second of throughput', () => {
    expect(mayRead(afterRead(NO_READS, 2 * MB, 0), 1)).toBe(true);
  });

  it('add up the bytes of reads that follow each other', () => {
    const history = afterRead(afterRead(NO_READS, 1.5 * MB, 0), 1.5 * MB, 0);
    expect(mayRead(history, 1499)).toBe(false);
    expect(mayRead(history, 1500)).toBe(true);
  });
});
