import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fullBatchLength } from '#localstack/embedded/mapping/delivery.ts';
import { toStreamRecord } from '#localstack/embedded/mapping/kinesis-event.ts';
import { planMicroBatch } from '#model/timing/micro-batch.ts';
import { inputsOf, MICRO_BATCH, ONE_KEY } from './one-key.ts';

/** A record as the mapping hands it on, with a partition key as the load draws them. */
function deliver(bytes: number) {
  const record = {
    PartitionKey: randomBytes(8).toString('hex'),
    SequenceNumber: '4'.repeat(56),
    Data: Buffer.alloc(bytes).toString('base64'),
    ApproximateArrivalTimestamp: 1_790_000_000.123,
  };
  return toStreamRecord(
    record as Parameters<typeof toStreamRecord>[0],
    'shardId-000000000000',
    'arn:aws:kinesis:us-east-1:123456789012:stream/Tidemark-run-abcdefgh',
  );
}

describe('how many records a payload holds', () => {
  it.each([193, 1_000, 25_000])('is, of %i bytes each, what the model takes it for, within 2 percent', (bytes) => {
    const record = deliver(bytes);
    const { length } = fullBatchLength(Array(20_000).fill(record), 20_000);
    const workload = { ...ONE_KEY, eventsPerSecond: 1, eventBytes: bytes };
    const batch = planMicroBatch(inputsOf(workload, { ...MICRO_BATCH, batchSize: 20_000 }));
    const records = 1 / (batch?.fullPerSecond ?? 0);
    expect(records / length).toBeGreaterThan(0.98);
    expect(records / length).toBeLessThan(1.02);
  });
});
