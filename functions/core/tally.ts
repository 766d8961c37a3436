import { Buffer, isUtf8 } from 'node:buffer';
import { type Arrivals, addArrivals, createArrivals } from './arrivals.ts';
import { addHit, type Counts, createCounts } from './counts.ts';
import { createEvent, decodeEvent } from './event.ts';
import type { QuarantinedLine, QuarantineReason } from './quarantine.ts';
import type { Settings } from './settings.ts';
import type { ShardProgress } from './shard.ts';
import { advanceWatermark, isLate, windowStartMs } from './window.ts';

/** A record of the stream. `arrivalMs` is the time when the stream received it, epoch ms. */
export type StreamRecord = { sequenceNumber: string; arrivalMs: number; data: Buffer };

/** The result of counting one batch of records; one statement writes it. */
export type Tally = {
  counts: Counts;
  quarantined: QuarantinedLine[];
  arrivals: Arrivals;
  records: number;
  bytes: number;
  /** Number of counted events. */
  events: number;
  /** Number of late events, counted or dropped. */
  late: number;
  dropped: number;
  /** Approximate memory of the quarantined lines, bytes. */
  quarantinedBytes: number;
};

/** Approximate memory of the counts and the quarantined lines, bytes. */
export function stateBytes(tally: Tally): number {
  return tally.counts.stateBytes + tally.quarantinedBytes;
}

export function createTally(): Tally {
  return {
    counts: createCounts(),
    quarantined: [],
    arrivals: createArrivals(),
    records: 0,
    bytes: 0,
    events: 0,
    late: 0,
    dropped: 0,
    quarantinedBytes: 0,
  };
}

const NEWLINE = 0x0a;
/** Memory of a quarantined line beside its bytes (measured with one-byte lines). */
const BYTES_PER_QUARANTINED_LINE = 350;
const scratch = createEvent();

/**
 * Counts one record into the tally, line by line, and advances the shard to it. Each line is judged alone: a line that
 * can't be counted is quarantined with its bytes, and the other lines are counted. A record may have no lines. Never
 * throws.
 */
export function tallyRecord(tally: Tally, shard: ShardProgress, record: StreamRecord, settings: Settings): void {
  const { data } = record;
  const before = tally.events;
  const wellFormed = isUtf8(data);
  for (let start = 0, position = 1; start < data.length; position++) {
    const newline = data.indexOf(NEWLINE, start);
    const end = newline === -1 ? data.length : newline;
    if (!isBlank(data, start, end)) {
      const reason =
        wellFormed || isUtf8(data.subarray(start, end))
          ? tallyLine(tally, shard, data.toString('utf8', start, end), record.arrivalMs, settings)
          : 'invalid_utf8';
      if (reason !== null) {
        const { shardId } = shard;
        const { sequenceNumber } = record;
        // The bytes are copied, because the next record may overwrite the buffer that holds them.
        const bytes = Buffer.from(data.subarray(start, end));
        tally.quarantined.push({ shardId, sequenceNumber, position, reason, bytes });
        tally.quarantinedBytes += BYTES_PER_QUARANTINED_LINE + bytes.length;
      }
    }
    start = end + 1;
  }
  if (tally.events > before) addArrivals(tally.arrivals, record.arrivalMs, tally.events - before);
  tally.records++;
  tally.bytes += data.length;
  shard.first ??= record.sequenceNumber;
  shard.reached.sequenceNumber = record.sequenceNumber;
}

function tallyLine(
  tally: Tally,
  shard: ShardProgress,
  line: string,
  arrivalMs: number,
  settings: Settings,
): QuarantineReason | null {
  const unfit = decodeEvent(line, scratch);
  if (unfit !== null) return unfit;
  const { eventTimeMs } = scratch;
  if (eventTimeMs > arrivalMs + settings.maxFutureSkewMs) return 'event_time_in_the_future';

  const startMs = windowStartMs(eventTimeMs, settings.windowMs);
  if (isLate(startMs + settings.windowMs, shard.reached.watermarkMs)) {
    tally.late++;
    if (settings.latePolicy === 'drop') {
      tally.dropped++;
      return null;
    }
  }
  addHit(tally.counts, startMs, scratch);
  tally.events++;
  shard.reached.watermarkMs = advanceWatermark(shard.reached.watermarkMs, eventTimeMs, arrivalMs, settings.boundMs);
  return null;
}

/** Whether a line has only JSON's white space, as after a trailing newline or in front of LF in CRLF. It is skipped. */
function isBlank(data: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = data[i];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
