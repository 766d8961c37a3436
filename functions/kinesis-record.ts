import { Buffer } from 'node:buffer';
import type { StreamRecord } from './core/tally.ts';

/** A record as the event source mapping sends it; only the fields that are used. */
export type KinesisRecord = {
  /** Shard and sequence number: `<shard>:<sequence number>`. */
  eventID: string;
  eventSourceARN: string;
  kinesis: {
    sequenceNumber: string;
    /** Base64. */
    data: string;
    /** Seconds since 1970, with a fraction. */
    approximateArrivalTimestamp: number;
  };
};

/** The stream and the shard of a record. */
export function sourceOf({ eventSourceARN, eventID }: KinesisRecord): { stream: string; shardId: string } {
  return {
    stream: eventSourceARN.slice(eventSourceARN.indexOf('/') + 1),
    shardId: eventID.slice(0, eventID.indexOf(':')),
  };
}

/** A record's arrival, whole epoch ms. */
export function arrivalMsOf({ kinesis }: KinesisRecord): number {
  return Math.round(kinesis.approximateArrivalTimestamp * 1000);
}

export function toStreamRecord(record: KinesisRecord): StreamRecord {
  const { sequenceNumber, data } = record.kinesis;
  return { sequenceNumber, arrivalMs: arrivalMsOf(record), data: Buffer.from(data, 'base64') };
}
