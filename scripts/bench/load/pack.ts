import type { LoadEvent, LoadLine } from './line.ts';

/** One Kinesis record to send, and the events that its lines must be counted as. */
export type LoadRecord = {
  /** The lines with 0x0A between them. */
  readonly data: Uint8Array;
  readonly partitionKey: string;
  /** One entry per line, in order; null for a line that must end in quarantine. */
  readonly events: readonly (LoadEvent | null)[];
  /** Intended send time of its first line, ms since the load's start: latency counts from here, waiting included. */
  readonly offsetMs: number;
  /** Time to send it, ms since the load's start: its last line has come, or its first one has waited long enough. */
  readonly dueMs: number;
};

export type PackOptions = {
  /** 1: every line is one record under its own key. More: a record holds up to this many lines, newline-delimited. */
  readonly eventsPerRecord: number;
  /** Most bytes of a record with several lines. Default 25,000, which fits a PUT unit of 25 KB with its key. */
  readonly maxRecordBytes?: number;
  /** Longest time that a line waits for others, in ms of intended time. Default 100. */
  readonly lingerMs?: number;
  /** Number of partition keys that the lines' keys are spread over when records hold several lines. Default 64. */
  readonly buckets?: number;
  /**
   * Lines of all keys share records, each under the key of its first line. Records are full and keep the order of the
   * lines, but the lines of one key may spread over the shards. Default false.
   */
  readonly mixKeys?: boolean;
};

/** A record that is still being filled. */
type OpenRecord = {
  readonly bucket: string;
  readonly partitionKey: string;
  readonly offsetMs: number;
  readonly lines: Uint8Array[];
  readonly events: (LoadEvent | null)[];
  bytes: number;
};

const SEPARATOR = Uint8Array.of(0x0a);

/**
 * Packs lines, which come in the order of their offsets, into records in the order of `dueMs`.
 * The lines of one key stay on one partition key, in order. No record has a line that is intended after it is due,
 * so an event cannot arrive before it happened.
 */
export async function* packLines(
  lines: Iterable<LoadLine> | AsyncIterable<LoadLine>,
  options: PackOptions,
): AsyncGenerator<LoadRecord> {
  const packer = createPacker(options);
  // A synchronous source has a loop without await, because awaiting a line costs more than generating it.
  if (Symbol.iterator in lines) for (const line of lines) yield* packer.add(line);
  else for await (const line of lines) yield* packer.add(line);
  yield* packer.flush();
}

function createPacker(options: PackOptions): {
  readonly add: (line: LoadLine) => LoadRecord[];
  readonly flush: () => LoadRecord[];
} {
  const { eventsPerRecord, maxRecordBytes = 25_000, lingerMs = 100, buckets = 64, mixKeys = false } = options;
  // Open records by bucket, in the order in which they were opened, and so of their offsets.
  const open = new Map<string, OpenRecord>();
  let lastOffsetMs = 0;

  function seal(record: OpenRecord, dueMs: number): LoadRecord {
    open.delete(record.bucket);
    const { partitionKey, events, offsetMs } = record;
    return { data: joinLines(record.lines), partitionKey, events, offsetMs, dueMs };
  }

  function add(line: LoadLine): LoadRecord[] {
    const { offsetMs, event } = line;
    lastOffsetMs = offsetMs;
    const text = typeof line.text === 'string' ? Buffer.from(line.text) : line.text;
    if (eventsPerRecord <= 1) {
      const partitionKey = toPartitionKey(line.partitionKey);
      return [{ data: text, partitionKey, events: [event], offsetMs, dueMs: offsetMs }];
    }
    const sealed: LoadRecord[] = [];
    for (const record of open.values()) {
      if (record.offsetMs + lingerMs > offsetMs) break;
      sealed.push(seal(record, record.offsetMs + lingerMs));
    }
    const bucket = mixKeys ? '' : toBucketKey(line.partitionKey, buckets);
    let record = open.get(bucket);
    if (record !== undefined && record.bytes + 1 + text.length > maxRecordBytes) {
      sealed.push(seal(record, offsetMs));
      record = undefined;
    }
    if (record === undefined) {
      const partitionKey = mixKeys ? toPartitionKey(line.partitionKey) : bucket;
      record = { bucket, partitionKey, offsetMs, lines: [], events: [], bytes: -1 };
      open.set(bucket, record);
    }
    record.lines.push(text);
    record.events.push(event);
    record.bytes += 1 + text.length;
    if (record.lines.length >= eventsPerRecord) sealed.push(seal(record, offsetMs));
    return sealed;
  }

  return { add, flush: () => [...open.values()].map((record) => seal(record, lastOffsetMs)) };
}

function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  const [first] = lines;
  if (lines.length === 1 && first !== undefined) return first;
  return Buffer.concat(lines.flatMap((line, index) => (index === 0 ? [line] : [SEPARATOR, line])));
}

/** Kinesis takes partition keys of 1 to 256 characters. */
const MAX_KEY_CHARS = 256;

/** Returns the key if Kinesis takes it, else a hash of it, so that equal keys stay equal. */
function toPartitionKey(key: string): string {
  return key.length >= 1 && key.length <= MAX_KEY_CHARS ? key : `hashed-${hashOf(key)}`;
}

/** Maps a key to one of `buckets` partition keys: equal keys share one, and different keys may. */
function toBucketKey(key: string, buckets: number): string {
  return `bucket-${hashOf(key) % buckets}`;
}

/** FNV-1a over UTF-16 code units: cheap, and the same on every machine. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
