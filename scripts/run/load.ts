import { generateLines } from '../load/generator.ts';
import { createOracle, type Oracle } from '../load/oracle.ts';
import { packLines } from '../load/pack.ts';
import { type ProducerResult, sendRecords } from '../load/producer.ts';
import { createReceipts, type Receipts } from '../load/receipts.ts';
import { replayLines } from '../load/replay.ts';
import { createReplaySummary, type ReplaySummary } from '../load/replay-summary.ts';
import type { BenchmarkOptions } from '../options/benchmark-options.ts';
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

/** Begins to send the generated load or the log, each record at its time. */
export function startLoad(target: Target, streamName: string, options: BenchmarkOptions, signal: AbortSignal): Load {
  const { window: windowMs, input } = options;
  const oracle = createOracle(windowMs);
  const receipts = createReceipts();
  const replay = input === undefined ? null : createReplaySummary();
  const startMs = input === undefined ? alignedStartMs(windowMs) : Date.now();
  const durationMs = input === undefined ? options.duration + options.bound + windowMs : null;
  const lines =
    replay === null || input === undefined
      ? generateLines({
          seed: options.seed,
          ratePerSecond: options.rate,
          // The tail closes the last window that is measured.
          durationMs: options.duration + options.bound + windowMs,
          startMs: options.eventStart ?? startMs,
          hosts: options.hosts,
          referrers: options.referrers,
          hostSkew: options.hostSkew,
          referrerSkew: options.referrerSkew,
          nullReferrerShare: options.nullReferrers,
          outOfOrderShare: options.outOfOrder,
          outOfOrderMs: options.outOfOrderBy ?? options.bound,
          lateShare: options.lateShare,
          lateMs: windowMs + options.bound,
          malformedShare: options.malformed,
          partitionBy: options.partitionBy,
        })
      : replayLines({
          path: input,
          format: options.format,
          hostField: options.hostField,
          partitionBy: options.partitionBy,
          seed: options.seed,
          speed: options.speed,
          maxFutureSkewMs: options.maxFutureSkew,
          summary: replay,
        });
  const ended = sendRecords({
    client: target.producer,
    streamName,
    startMs,
    signal,
    records: packLines(lines, { eventsPerRecord: options.eventsPerRecord }),
    onSent({ events, offsetMs }, { shardId, sequenceNumber, sentMs }) {
      let counted = 0;
      for (const event of events) {
        oracle.add(event);
        if (event !== null) counted++;
      }
      receipts.add(shardId, {
        sequenceNumber,
        lines: events.length,
        events: counted,
        intendedMs: startMs + offsetMs,
        sentMs,
      });
    },
  });
  return { startMs, durationMs, oracle, receipts, replay, ended };
}

function alignedStartMs(windowMs: number): number {
  const soonestMs = Date.now() + LEAD_MS;
  return windowMs <= ALIGN_UP_TO_MS ? Math.ceil(soonestMs / windowMs) * windowMs : soonestMs;
}
