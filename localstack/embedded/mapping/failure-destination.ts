import { randomUUID } from 'node:crypto';
import type { Destinations } from '../destinations/destinations.ts';
import { type DiscardedBatch, failureObjectKey, failureRecord } from './failure-record.ts';
import { kinesisEvent } from './kinesis-event.ts';

/** Sends a discarded batch to its destination: a bucket gets the records too, a queue their whereabouts only. */
export function sendToFailureDestination(
  batch: DiscardedBatch,
  mappingId: string,
  destinationArn: string,
  destinations: Destinations,
): void {
  const nowMs = Date.now();
  const record = failureRecord(batch, randomUUID(), nowMs);
  if (destinations.kindOf(destinationArn) === 'queue') {
    destinations.sendMessage(destinationArn, JSON.stringify(record));
    return;
  }
  const payload = kinesisEvent(batch.records).toString('utf8');
  const key = failureObjectKey(mappingId, batch.shardId, randomUUID(), nowMs);
  destinations.putObject(destinationArn, key, JSON.stringify({ ...record, payload }));
}
