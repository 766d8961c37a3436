import type { BenchmarkOptions } from '../benchmark-options.ts';
import { generateLoad, type LoadShape } from '../load/generator.ts';
import type { LoadLine } from '../load/line.ts';
import { createOracle, type Oracle } from '../load/oracle.ts';
import { type LoadRecord, type PackOptions, packLines } from '../load/pack.ts';
import { type ProducerResult, type SentRecord, sendRecords } from '../load/producer.ts';
import { createReceipts, type Receipts } from '../load/receipts.ts';
import { replayLines } from '../load/replay.ts';
import { createReplaySummary, type ReplaySummary } from '../load/replay-summary.ts';
import type { Target } from '../targets/target.ts';

/** A load under way: what has been sent, by its own count, and its end. */
export type Load = {
  startMs: number;
  /** Length of the load, its tail included; null where only the input's end tells. */
  durationMs: number | null;
  oracle: Oracle;
  receipts: Receipts;
  /** Null for a generated load. */
  replay: ReplaySummary | null;
  /** @throws SendError, UsageError when the input turns out to be unreadable */
  ended: Promise<ProducerResult>;
};

/** Windows up to this size begin with the load, so that its first one is whole; for larger ones nobody wants to wait. */
const ALIGN_UP_TO_MS = 10_000;
const LEAD_MS = 500;

/** How a generated load is sent and counted; ms. */
export type GeneratedLoadOptions = LoadShape & {
  windowMs: number;
  boundMs: number;
  /** Length of the load that is measured, without its tail. */
  durationMs: number;
  /** Event time of the first event, epoch ms; undefined: when it is sent. */
  eventStartMs: number | undefined;
  eventsPerRecord: number;
};

/** Begins to send the generated load, each record at its time. */
export function startGeneratedLoad(
  target: Target,
  streamName: string,
  options: GeneratedLoadOptions,
  signal: AbortSignal,
): Load {
  const { windowMs, boundMs, eventsPerRecord } = options;
  const startMs = alignedStartMs(windowMs);
  const durationMs = options.durationMs + boundMs + windowMs; // the tail closes the last window that is measured
  const lines = generateLoad(options, { startMs: options.eventStartMs ?? startMs, durationMs, windowMs, boundMs });
  return {
    startMs,
    durationMs,
    replay: null,
    ...send(target, streamName, { lines, startMs, windowMs, eventsPerRecord }, signal),
  };
}

/** How a log is sent and counted. */
export type ReplayOptions = Pick<
  BenchmarkOptions,
  'window' | 'format' | 'hostField' | 'partitionBy' | 'seed' | 'speed' | 'maxFutureSkew' | 'eventsPerRecord'
> & { input: string };

/** Begins to send the log, each line at its time. */
export function startReplay(target: Target, streamName: string, options: ReplayOptions, signal: AbortSignal): Load {
  const { window: windowMs, eventsPerRecord } = options;
  const summary = createReplaySummary();
  const startMs = Date.now();
  const lines = replayLines({
    path: options.input,
    format: options.format,
    hostField: options.hostField,
    partitionBy: options.partitionBy,
    seed: options.seed,
    speed: options.speed,
    maxFutureSkewMs: options.maxFutureSkew,
    summary,
  });
  return {
    startMs,
    durationMs: null,
    replay: summary,
    ...send(target, streamName, { lines, startMs, windowMs, eventsPerRecord }, signal),
  };
}

function send(
  target: Target,
  streamName: string,
  load: { lines: Parameters<typeof packLines>[0]; startMs: number; windowMs: number; eventsPerRecord: number },
  signal: AbortSignal,
): Pick<Load, 'oracle' | 'receipts' | 'ended'> {
  const { lines, startMs, windowMs, eventsPerRecord } = load;
  const { oracle, receipts, enter } = openAccount(windowMs);
  const ended = sendRecords({
    client: target.producer,
    streamName,
    startMs,
    signal,
    records: packLines(lines, { eventsPerRecord }),
    onSent: (record, sent) => enter(record, sent, startMs),
  });
  return { oracle, receipts, ended };
}

function alignedStartMs(windowMs: number): number {
  const soonestMs = Date.now() + LEAD_MS;
  return windowMs <= ALIGN_UP_TO_MS ? Math.ceil(soonestMs / windowMs) * windowMs : soonestMs;
}

/** The load's own account of what the stream has taken: its counts, and where each record stands. */
export type LoadAccount = {
  readonly oracle: Oracle;
  readonly receipts: Receipts;
  /** @param startMs epoch ms of the load's offset 0 */
  readonly enter: (record: LoadRecord, sent: SentRecord, startMs: number) => void;
};

export function openAccount(windowMs: number): LoadAccount {
  const oracle = createOracle(windowMs);
  const receipts = createReceipts();
  return {
    oracle,
    receipts,
    enter({ events, offsetMs }, { shardId, sequenceNumber, sentMs }, startMs) {
      let counted = 0;
      for (const event of events) {
        oracle.add(event);
        if (event !== null) counted++;
      }
      const intendedMs = startMs + offsetMs;
      receipts.add(shardId, { sequenceNumber, lines: events.length, events: counted, intendedMs, sentMs });
    },
  };
}

export type PastLoad = {
  lines: Iterable<LoadLine>;
  /** Event time of offset 0, epoch ms: so long ago that every line is due. */
  startMs: number;
  packing: PackOptions;
  /** Called for every record that was sent. */
  onSent?: () => void;
};

/**
 * Sends events of the past as fast as the stream takes them, and enters them into the account.
 *
 * @throws SendError; the signal's reason once that has come
 */
export async function sendPastLoad(
  target: Target,
  streamName: string,
  account: LoadAccount,
  { lines, startMs, packing, onSent }: PastLoad,
  signal: AbortSignal,
): Promise<ProducerResult> {
  const sent = await sendRecords({
    client: target.producer,
    streamName,
    startMs,
    signal,
    records: packLines(lines, packing),
    onSent(record, taken) {
      account.enter(record, taken, startMs);
      onSent?.();
    },
  });
  signal.throwIfAborted();
  return sent;
}
