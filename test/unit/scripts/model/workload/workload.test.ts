import { describe, expect, it } from 'vitest';
import {
  bytesPerSecond,
  GENERATED_LOAD,
  putUnitsPerSecond,
  recordsPerSecond,
  shardsNeeded,
  shardUse,
  type Workload,
} from '#model/workload/workload.ts';

const packed = (change: Partial<Workload> = {}): Workload => ({ ...GENERATED_LOAD, ...change });
const single = (change: Partial<Workload> = {}): Workload => packed({ eventsPerRecord: 1, ...change });

describe('recordsPerSecond', () => {
  it('is one an event where nothing is packed', () => {
    expect(recordsPerSecond(single())).toBe(1_000);
  });

  it('is what a key sends while its events linger, a benchmark run at this rate sent 392', () => {
    // 1,000 / 64 = 15.625 events/s a key; 15.625 / (1 + 0.1 × 15.625) = 6.09756 records/s; × 64
    expect(recordsPerSecond(packed())).toBeCloseTo(390.2439, 4);
  });

  it('is that of full records once they fill before they have lingered', () => {
    // (25,000 + 1) / (193 + 1) = 128.9, so 128 events fit; 1,000,000 / 128
    expect(recordsPerSecond(packed({ eventsPerSecond: 1_000_000, eventsPerRecord: 10_000 }))).toBe(7_812.5);
    expect(recordsPerSecond(packed({ eventsPerSecond: 1_000_000, eventsPerRecord: 10 }))).toBe(100_000);
  });

  it('is 0 while nothing comes', () => {
    expect([
      recordsPerSecond(single({ eventsPerSecond: 0 })),
      recordsPerSecond(packed({ eventsPerSecond: 0 })),
    ]).toEqual([0, 0]);
  });
});

describe('bytesPerSecond', () => {
  it('has a newline between packed events and none around a single one', () => {
    expect(bytesPerSecond(single())).toBe(193_000);
    expect(bytesPerSecond(packed())).toBeCloseTo(193_609.7561, 4); // 1,000 × 194 − 390.2439
  });
});

describe('putUnitsPerSecond', () => {
  it('counts the last 25 KB begun whole', () => {
    expect(putUnitsPerSecond(single())).toBe(1_000);
    expect(putUnitsPerSecond(single({ eventBytes: 25_600 }))).toBe(1_000);
    expect(putUnitsPerSecond(single({ eventBytes: 25_601 }))).toBe(2_000);
  });

  it('is 0 while nothing comes', () => {
    expect(putUnitsPerSecond(single({ eventsPerSecond: 0 }))).toBe(0);
  });
});

describe('shardUse', () => {
  it('is the fuller of records and bytes', () => {
    expect(shardUse(single())).toBe(1); // 1,000 records/s
    expect(shardUse(single({ eventBytes: 2_500 }))).toBe(2.5); // 2.5 MB/s
    expect(shardUse(single({ eventsPerSecond: 0 }))).toBe(0);
  });
});

describe('shardsNeeded', () => {
  it('follows records or bytes, whichever fill a shard first', () => {
    expect(shardsNeeded(single(), 0.5)).toBe(2); // 1,000 records / (1,000 × 0.5)
    expect(shardsNeeded(packed(), 0.5)).toBe(1); // 0.39 of the records, 0.19 of the bytes
    expect(shardsNeeded(single({ eventBytes: 2_500 }), 0.5)).toBe(5); // 2.5 MB/s / (1 MB/s × 0.5)
  });

  it('is one while nothing comes', () => {
    expect(shardsNeeded(single({ eventsPerSecond: 0 }), 0.5)).toBe(1);
  });
});
