import { createRandom } from '#model/statistics/random.ts';
import type { HostField } from './host-field.ts';
import type { LoadLine, PartitionBy } from './line.ts';
import { detectFormat, type LogFormat, type Reading, readLineAs, recognizeLine, withoutReturn } from './log-format.ts';
import { type InputLine, MAX_LINE_BYTES, readInput } from './log-input.ts';
import { addUnparsed, type ReplaySummary } from './replay-summary.ts';

/** Lines that are tried before an unknown format is an error. */
const SAMPLE_LINES = 50;

const lenientUtf8 = new TextDecoder();

export type ReplayOptions = {
  /** A file, or `-` for standard input; plain or gzip. */
  readonly path: string;
  readonly format: LogFormat | 'auto';
  /** Source of the host in combined logs; lines of vhost_combined and NDJSON name the host. Default: 'ip'. */
  readonly hostField?: HostField;
  readonly partitionBy: PartitionBy;
  /** Seed of random partition keys. */
  readonly seed: number;
  /** 'max', or the factor by which the replay is faster than the log's own time. */
  readonly speed: 'max' | number;
  /** An event further ahead of its arrival is expected in quarantine. Default 300,000 (5 minutes). */
  readonly maxFutureSkewMs?: number;
  /** Summary of the replay; it is filled while the lines are drawn. */
  readonly summary: ReplaySummary;
  /** Clock in place of the arrival time, epoch ms. Default: Date.now. */
  readonly nowMs?: () => number;
  /** Standard input. Default: process.stdin. */
  readonly stdin?: AsyncIterable<Uint8Array>;
};

/**
 * Replays an access log or NDJSON in its own order. Paced by event time, a line is intended when the log's clock,
 * the greatest event time so far, has run `speed` times as fast as ours; lines without a time go with their
 * predecessor. NDJSON is sent byte for byte, malformed lines included; access-log lines that can't be parsed are
 * not sent but reported in `summary`, as is a line of any format too long for a Kinesis record.
 * @throws UsageError, while drawing, for an input that cannot be read or has no known format
 */
export async function* replayLines(options: ReplayOptions): AsyncGenerator<LoadLine> {
  const { path, summary, speed, partitionBy, nowMs = Date.now, maxFutureSkewMs = 300_000 } = options;
  const input = readInput(path, options.stdin);
  const random = createRandom(options.seed);
  let firstMs: number | null = null;
  let offsetMs = 0;
  try {
    const { format, batches } = await settleFormat(input, options);
    summary.format = format;
    for await (const lines of batches) {
      for (const line of lines) {
        summary.linesRead += 1;
        if (!line.isTooLong && isBlank(line.bytes)) {
          summary.blankLines += 1;
          continue;
        }
        const reading = readLine(line, format, options.hostField ?? 'ip', nowMs() + maxFutureSkewMs);
        if ('reason' in reading) {
          addUnparsed(summary, line.number, reading.reason, line.bytes);
          continue;
        }
        const { text, event } = reading;
        if (event !== null && speed !== 'max') {
          firstMs ??= event.eventTimeMs;
          offsetMs = Math.max(offsetMs, (event.eventTimeMs - firstMs) / speed);
        }
        const key = random().toString(36);
        yield { offsetMs, text, partitionKey: partitionBy === 'host' && event !== null ? event.host : key, event };
      }
    }
  } finally {
    await input.return(undefined);
  }
}

/** Draws as few lines as it needs to know the format, and returns them in front of the others. */
async function settleFormat(
  input: AsyncGenerator<InputLine[]>,
  options: ReplayOptions,
): Promise<{ readonly format: LogFormat; readonly batches: AsyncGenerator<InputLine[]> }> {
  if (options.format !== 'auto') return { format: options.format, batches: input };
  const drawn: InputLine[][] = [];
  const sample: string[] = [];
  while (sample.length < SAMPLE_LINES && !sample.some((line) => recognizeLine(line) !== null)) {
    const next = await input.next();
    if (next.done) break;
    drawn.push(next.value);
    for (const { bytes } of next.value) {
      if (!isBlank(bytes) && sample.length < SAMPLE_LINES) sample.push(withoutReturn(lenientUtf8.decode(bytes)));
    }
  }
  const format = detectFormat(sample, options.path === '-' ? 'standard input' : `input '${options.path}'`);
  return { format, batches: chain(drawn, input) };
}

async function* chain<Item>(head: readonly Item[], rest: AsyncIterable<Item>): AsyncGenerator<Item> {
  yield* head;
  yield* rest;
}

function readLine(line: InputLine, format: LogFormat, hostField: HostField, latestEventTimeMs: number): Reading {
  if (line.isTooLong) return { reason: `longer than ${MAX_LINE_BYTES} bytes, which a Kinesis record cannot hold` };
  return readLineAs(format, line.bytes, hostField, latestEventTimeMs);
}

/** True if the line has only spaces, tabs and carriage returns. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
