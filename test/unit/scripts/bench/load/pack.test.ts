import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoadLine } from '#bench/load/line.ts';
import { type LoadRecord, type PackOptions, packLines } from '#bench/load/pack.ts';

function line(offsetMs: number, partitionKey: string, text: string): LoadLine {
  return { offsetMs, text, partitionKey, event: { eventTimeMs: offsetMs, host: partitionKey, referrer: text } };
}

async function pack(lines: Iterable<LoadLine> | AsyncIterable<LoadLine>, options: PackOptions): Promise<LoadRecord[]> {
  const records: LoadRecord[] = [];
  for await (const record of packLines(lines, options)) records.push(record);
  return records;
}

function textOf(record: LoadRecord): string {
  return Buffer.from(record.data).toString();
}

describe('packLines with one event per record', () => {
  it('makes a record of every line, due when the line is, under its own key', async () => {
    const records = await pack([line(0, 'a', 'x'), line(5, 'b', 'y')], { eventsPerRecord: 1 });
    expect(records.map((record) => [textOf(record), record.partitionKey, record.offsetMs, record.dueMs])).toEqual([
      ['x', 'a', 0, 0],
      ['y', 'b', 5, 5],
    ]);
  });

  it('gives keys that Kinesis refuses a name, the same for the same key', async () => {
    const keys = ['', 'k'.repeat(256), 'k'.repeat(257), 'k'.repeat(257)];
    const records = await pack(
      keys.map((key) => line(0, key, 'x')),
      { eventsPerRecord: 1 },
    );
    const [empty, longest, long, again] = records.map((record) => record.partitionKey);
    expect(longest).toBe('k'.repeat(256));
    expect(empty).toMatch(/^hashed-\d+$/);
    expect(long).toMatch(/^hashed-\d+$/);
    expect(again).toBe(long);
  });

  it('keeps bytes as they are', async () => {
    const text = Uint8Array.of(0xff, 0x0d);
    const [record] = await pack([{ offsetMs: 0, text, partitionKey: 'a', event: null }], { eventsPerRecord: 1 });
    expect([...(record?.data ?? [])]).toEqual([0xff, 0x0d]);
    expect(record?.events).toEqual([null]);
  });
});

describe('packLines with several events per record', () => {
  it('seals a record when it is full, due when its last line is', async () => {
    const lines = ['x', 'y', 'z'].map((text, index) => line(10 * index, 'a', text));
    const records = await pack(lines, { eventsPerRecord: 2 });
    expect(records.map((record) => [textOf(record), record.offsetMs, record.dueMs])).toEqual([
      ['x\ny', 0, 10],
      ['z', 20, 20],
    ]);
  });

  it('seals a record that has lingered, due then', async () => {
    const records = await pack([line(0, 'a', 'x'), line(99, 'a', 'y'), line(100, 'a', 'z')], { eventsPerRecord: 9 });
    expect(records.map((record) => [textOf(record), record.offsetMs, record.dueMs])).toEqual([
      ['x\ny', 0, 100],
      ['z', 100, 100],
    ]);
  });

  it('seals a record before it passes the byte limit, and lets a line that is larger stand alone', async () => {
    const lines = ['123', '456', '7', '12345678901', '8'].map((text) => line(0, 'a', text));
    const records = await pack(lines, { eventsPerRecord: 9, maxRecordBytes: 7 });
    expect(records.map(textOf)).toEqual(['123\n456', '7', '12345678901', '8']);
  });

  it('takes an asynchronous source as well', async () => {
    async function* source() {
      yield line(0, 'a', 'x');
      yield line(0, 'a', 'y');
    }
    expect((await pack(source(), { eventsPerRecord: 9 })).map(textOf)).toEqual(['x\ny']);
  });

  it('keeps every line, the order of each key, one partition key a key, and rising due times', async () => {
    const steps = fc.array(fc.record({ stepMs: fc.integer({ min: 0, max: 60 }), key: fc.integer({ min: 0, max: 9 }) }));
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 5 }), async (choices, eventsPerRecord) => {
        let offsetMs = 0;
        const lines = choices.map(({ stepMs, key }, index) => {
          offsetMs += stepMs;
          return line(offsetMs, `key-${key}`, String(index));
        });
        const records = await pack(lines, { eventsPerRecord, buckets: 4, maxRecordBytes: 12 });
        const dueTimes = records.map((record) => record.dueMs);
        expect(dueTimes).toEqual([...dueTimes].sort((left, right) => left - right));

        const texts = new Map<string, string[]>();
        const keys = new Map<string, Set<string>>();
        for (const record of records) {
          expect(textOf(record)).toBe(record.events.map((event) => event?.referrer).join('\n'));
          expect(record.dueMs - record.offsetMs).toBeLessThanOrEqual(100);
          for (const event of record.events) {
            const { host = '', referrer = '', eventTimeMs = Number.NaN } = event ?? {};
            expect(eventTimeMs).toBeLessThanOrEqual(record.dueMs);
            texts.set(host, [...(texts.get(host) ?? []), referrer ?? '']);
            keys.set(host, (keys.get(host) ?? new Set()).add(record.partitionKey));
          }
        }
        const expected = new Map<string, string[]>();
        for (const { partitionKey, text } of lines) {
          expected.set(partitionKey, [...(expected.get(partitionKey) ?? []), String(text)]);
        }
        expect(texts).toEqual(expected);
        expect([...keys.values()].every((used) => used.size === 1)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('packLines with mixed keys', () => {
  const mixed = { eventsPerRecord: 3, mixKeys: true };

  it("fills records in the order of the lines, each under its first line's key", async () => {
    const lines = ['a', 'b', 'a', 'c', 'd'].map((key, i) => line(i, key, `${i}`));
    const records = await pack(lines, mixed);
    expect(records.map((record) => [textOf(record), record.partitionKey, record.offsetMs, record.dueMs])).toEqual([
      ['0\n1\n2', 'a', 0, 2],
      ['3\n4', 'c', 3, 4],
    ]);
  });

  it('seals one that has lingered', async () => {
    const records = await pack([line(0, 'a', 'x'), line(50, 'b', 'y')], { ...mixed, lingerMs: 50 });
    expect(records.map(textOf)).toEqual(['x', 'y']);
  });
});
