import { Buffer } from 'node:buffer';
import type { StreamRecord } from './core/tally.ts';

/** A record as the event source mapping hands it to a function; the rest of it is of no use here. */
export type KinesisRecord = {
  /** `<shard>:<sequence number>` */
  eventID: string;
  eventSourceARN: string;
  kinesis: { sequenceNumber: string; data: string /** Seconds. */; approximateArrivalTimestamp: number };
};

/** Names of the stream and the shard that a record came from. */
export function sourceOf({ eventSourceARN, eventID }: KinesisRecord): { stream: string; shardId: string } {
  return {
    stream: eventSourceARN.slice(eventSourceARN.indexOf('/') + 1),
    shardId: eventID.slice(0, eventID.indexOf(':')),
  };
}

/** Seconds with fractions, as they are in an event, to whole milliseconds. */
export function arrivalMsOf({ kinesis }: KinesisRecord): number {
  return Math.round(kinesis.approximateArrivalTimestamp * 1000);
}

export function toStreamRecord(record: KinesisRecord): StreamRecord {
  const { sequenceNumber, data } = record.kinesis;
  return { sequenceNumber, arrivalMs: arrivalMsOf(record), data: Buffer.from(data, 'base64') };
}
