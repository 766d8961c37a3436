import { Buffer } from 'node:buffer';
import type { StreamRecord } from '#functions/core/tally.ts';
import type { KinesisRecord } from '#functions/kinesis-record.ts';

/** Noon, so the start of a window of any size that divides half a day. */
export const NOON_MS = Date.UTC(2026, 0, 31, 12);
export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;

const FIRST_SEQUENCE_NUMBER = 49590338271490256608559692538361571095921575989136588898n;

/** The n-th sequence number of a shard: 56 digits, as Kinesis has them, its neighbours equal to it as doubles. */
export function sequenceNumber(n: number): string {
  return String(FIRST_SEQUENCE_NUMBER + BigInt(n));
}

/** An event as a producer sends it. */
export function eventAt(eventTimeMs: number, host = 'example.org', referrer: string | null = null) {
  return { event_time: new Date(eventTimeMs).toISOString(), host, referrer };
}

/** A line of a record: an object becomes JSON, text and bytes stay as they are. */
export type Line = object | string | Uint8Array;

/** A record of the stream; its lines are joined by newlines. */
export function streamRecord(
  lines: Line | readonly Line[],
  { n = 1, arrivalMs = NOON_MS }: { n?: number; arrivalMs?: number } = {},
): StreamRecord {
  const all = Array.isArray(lines) ? (lines as readonly Line[]) : [lines as Line];
  const data = Buffer.concat(
    all.flatMap((line, i) => (i === 0 ? [toBytes(line)] : [Buffer.from('\n'), toBytes(line)])),
  );
  return { sequenceNumber: sequenceNumber(n), arrivalMs, data };
}

/** The same records as the event source mapping hands them to a function. */
export function kinesisEvent(
  stream: string,
  shardId: string,
  records: readonly StreamRecord[],
): { Records: KinesisRecord[] } {
  return {
    Records: records.map(({ sequenceNumber, arrivalMs, data }) => ({
      eventID: `${shardId}:${sequenceNumber}`,
      eventSourceARN: `arn:aws:kinesis:us-east-1:000000000000:stream/${stream}`,
      kinesis: { sequenceNumber, data: data.toString('base64'), approximateArrivalTimestamp: arrivalMs / 1000 },
    })),
  };
}

function toBytes(line: Line): Buffer {
  if (line instanceof Uint8Array) return Buffer.from(line);
  return Buffer.from(typeof line === 'string' ? line : JSON.stringify(line));
}
