import type { BenchmarkOptions } from '../benchmark-options.ts';
import type { Oracle } from '../load/oracle.ts';
import { packLines } from '../load/pack.ts';
import { type ProducerResult, sendRecords } from '../load/producer.ts';
import type { Receipts } from '../load/receipts.ts';
import { replayLines } from '../load/replay.ts';
import { createReplaySummary, type ReplaySummary } from '../load/replay-summary.ts';
import type { Target } from '../targets/target.ts';
import { generateLoad, type LoadShape } from './generated-load.ts';
import { openAccount } from './load-account.ts';

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
