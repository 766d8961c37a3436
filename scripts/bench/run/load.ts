import type { BenchmarkOptions } from '../benchmark-options.ts';
import { generateLoad, type LoadShape } from '../load/generator.ts';
import { createOracle, type Oracle } from '../load/oracle.ts';
import { type LoadRecord, type PackOptions, packLines } from '../load/pack.ts';
import { type ProducerResult, type SentRecord, sendRecords } from '../load/producer.ts';
import { createReceipts, type Receipts } from '../load/receipts.ts';
import { replayLines } from '../load/replay.ts';
import { createReplaySummary, type ReplaySummary } from '../load/replay-summary.ts';
import type { Target } from '../targets/target.ts';

/** The load's own account of the records that the stream has taken: its counts, and each record's place. */
export type LoadAccount = {
  readonly oracle: Oracle;
  readonly receipts: Receipts;
  /** Enters a record. @param startMs start of the load, epoch ms */
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

/** A load that is being sent, with its own account and its end. */
export type Load = Omit<LoadAccount, 'enter'> & {
  startMs: number;
  /** Length of the load with its tail; null for a log, which ends with its last line. */
  durationMs: number | null;
  /** Null for a generated load. */
  replay: ReplaySummary | null;
  /** @throws SendError, UsageError when the input turns out to be unreadable */
  ended: Promise<ProducerResult>;
};

/** A load starts with a window of up to this size, ms, so that its first window is whole. Larger windows need too long a wait. */
const ALIGN_UP_TO_MS = 10_000;
const LEAD_MS = 500;

/** How a generated load is sent and counted. */
export type GeneratedLoadOptions = LoadShape & {
  windowMs: number;
  boundMs: number;
  /** Length of the measured load without its tail. */
  durationMs: number;
  /** Event time of the first event, epoch ms; undefined: its send time. */
  eventStartMs: number | undefined;
  eventsPerRecord: number;
};

/** Starts a generated load: each record is sent at its time. */
export function startGeneratedLoad(
  target: Target,
  streamName: string,
  options: GeneratedLoadOptions,
  signal: AbortSignal,
): Load {
  const { windowMs, boundMs, eventsPerRecord } = options;
  const account = openAccount(windowMs);
  const startMs = alignedStartMs(windowMs);
  const durationMs = options.durationMs + boundMs + windowMs; // the tail closes the last window that is measured
  const lines = generateLoad(options, { startMs: options.eventStartMs ?? startMs, durationMs, windowMs, boundMs });
  const ended = send(target, streamName, account, { lines, startMs, packing: { eventsPerRecord } }, signal);
  return { ...account, startMs, durationMs, replay: null, ended };
}

/** How a log is sent and counted. */
export type ReplayOptions = Pick<
  BenchmarkOptions,
  'window' | 'format' | 'hostField' | 'partitionBy' | 'seed' | 'speed' | 'maxFutureSkew' | 'eventsPerRecord'
> & { input: string };

/** Starts the replay of a log: each line is sent at its time. */
export function startReplay(target: Target, streamName: string, options: ReplayOptions, signal: AbortSignal): Load {
  const { input: path, window: windowMs, maxFutureSkew: maxFutureSkewMs, eventsPerRecord } = options;
  const account = openAccount(windowMs);
  const summary = createReplaySummary();
  const startMs = Date.now();
  const lines = replayLines({ ...options, path, maxFutureSkewMs, summary });
  const ended = send(target, streamName, account, { lines, startMs, packing: { eventsPerRecord } }, signal);
  return { ...account, startMs, durationMs: null, replay: summary, ended };
}

function alignedStartMs(windowMs: number): number {
  const soonestMs = Date.now() + LEAD_MS;
  return windowMs <= ALIGN_UP_TO_MS ? Math.ceil(soonestMs / windowMs) * windowMs : soonestMs;
}

/** Lines of a load, and how they are packed. */
type Outgoing = {
  lines: Parameters<typeof packLines>[0];
  /** Start of the load, epoch ms: offset 0 of the lines. */
  startMs: number;
  packing: PackOptions;
  /** Called for every record that was sent. */
  onSent?: () => void;
};

/**
 * Sends events of the past as fast as the stream takes them: `startMs` lies so far back that every line is due.
 *
 * @throws SendError; the signal's reason once it is aborted
 */
export async function sendPastLoad(
  target: Target,
  streamName: string,
  account: LoadAccount,
  load: Outgoing,
  signal: AbortSignal,
): Promise<ProducerResult> {
  const sent = await send(target, streamName, account, load, signal);
  signal.throwIfAborted();
  return sent;
}

/** Sends every line at its time, and enters it into the account. */
function send(
  target: Target,
  streamName: string,
  account: LoadAccount,
  { lines, startMs, packing, onSent }: Outgoing,
  signal: AbortSignal,
): Promise<ProducerResult> {
  return sendRecords({
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
}
