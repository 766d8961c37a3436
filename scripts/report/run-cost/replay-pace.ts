import {
  recordsPerSecond,
  SHARD_BYTES_PER_SECOND,
  SHARD_RECORDS_PER_SECOND,
  type Workload,
} from '#model/workload/workload.ts';

const UNKNOWN_INPUT_BYTES = 200_000_000;
const LOG_LINE_BYTES = 200;

export type ReplayPace = {
  readonly eventsPerSecond: number;
  readonly loadSeconds: number;
  /** In words. */
  readonly text: string;
};

/** As fast as the shards take it: the shorter a replay, the less it costs, so a slower one costs more database time. */
export function replayPace(workload: Workload, shards: number, inputBytes: number | undefined): ReplayPace {
  const events = Math.max(1, (inputBytes ?? UNKNOWN_INPUT_BYTES) / LOG_LINE_BYTES);
  const byBytes = (shards * SHARD_BYTES_PER_SECOND) / (workload.eventBytes + 1);
  const recordsPerEvent = recordsPerSecond({ ...workload, eventsPerSecond: byBytes }) / byBytes;
  const eventsPerSecond = Math.min(byBytes, (shards * SHARD_RECORDS_PER_SECOND) / recordsPerEvent);
  const size = inputBytes === undefined ? `a log of ${UNKNOWN_INPUT_BYTES / 1e6} MB` : `${inputBytes / 1e6} MB`;
  return {
    eventsPerSecond,
    loadSeconds: events / eventsPerSecond,
    text: `${size} in lines of ${LOG_LINE_BYTES} bytes, replayed as fast as the shards take it`,
  };
}
