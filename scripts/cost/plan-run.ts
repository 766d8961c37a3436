import { defaultDeployment } from '../model/deployment.ts';
import { GENERATED_LOAD, recordsPerSecond, type Workload } from '../model/workload.ts';
import type { BenchmarkOptions } from '../options/benchmark-options.ts';
import type { RunPlan } from './run-cost.ts';

/** The options of the benchmark that its cost follows from. */
export type RunOptions = Pick<
  BenchmarkOptions,
  | 'window'
  | 'bound'
  | 'margin'
  | 'shards'
  | 'batchSize'
  | 'batchingWindow'
  | 'rate'
  | 'duration'
  | 'hosts'
  | 'referrers'
  | 'hostSkew'
  | 'referrerSkew'
  | 'nullReferrers'
  | 'eventsPerRecord'
  | 'input'
>;

/** What the caller knows of the stack and the input; what is left out is assumed, and said. */
export type RunSurroundings = {
  readonly database: 'aurora' | 'external';
  readonly maxAcu?: number;
  readonly memoryMb?: number;
  readonly autoPauseSeconds?: number;
  readonly batchSize?: number;
  readonly batchingWindowSeconds?: number;
  /** Size of the log that is replayed; unknown for standard input and gzip. */
  readonly inputBytes?: number;
};

const SETUP_SECONDS = 300; // making the stream, the mapping's first poll (minutes, at times), draining, comparing, removing
const UNKNOWN_INPUT_BYTES = 200_000_000;
const LOG_LINE_BYTES = 200;
const SHARD_RECORDS_PER_SECOND = 1_000;
const SHARD_BYTES_PER_SECOND = 1_000_000;

/** What a run with these options will do on AWS. */
export function planRun(options: RunOptions, surroundings: RunSurroundings): RunPlan {
  const given: Workload = {
    ...GENERATED_LOAD,
    eventsPerSecond: options.rate,
    eventsPerRecord: options.eventsPerRecord,
    hosts: options.hosts,
    referrers: options.referrers,
    hostSkew: options.hostSkew,
    referrerSkew: options.referrerSkew,
    nullReferrerShare: options.nullReferrers,
  };
  const { workload, loadSeconds, assumptions } =
    options.input === undefined ? generated(given, options) : replayed(given, options.shards, surroundings.inputBytes);
  const standard = defaultDeployment('both');
  return {
    workload,
    loadSeconds,
    seconds: loadSeconds + (options.bound + options.margin) / 1_000 + SETUP_SECONDS,
    deployment: {
      ...standard,
      windowSeconds: options.window / 1_000,
      boundSeconds: options.bound / 1_000,
      marginSeconds: options.margin / 1_000,
      shards: options.shards,
      batchSize: options.batchSize ?? surroundings.batchSize ?? standard.batchSize,
      batchingWindowSeconds:
        options.batchingWindow === undefined
          ? (surroundings.batchingWindowSeconds ?? standard.batchingWindowSeconds)
          : options.batchingWindow / 1_000,
      memoryMb: surroundings.memoryMb ?? standard.memoryMb,
      autoPauseSeconds: surroundings.autoPauseSeconds ?? standard.autoPauseSeconds,
    },
    database: surroundings.database,
    maxAcu: surroundings.maxAcu ?? 8,
    assumptions: [...assumptions, 'list prices, without free tiers, taxes and the stack itself'],
  };
}

type Load = { workload: Workload; loadSeconds: number; assumptions: string[] };

/** The load goes on for bound + one window, so that its last measured window can become final. */
function generated(workload: Workload, { duration, bound, window }: RunOptions): Load {
  return { workload, loadSeconds: (duration + bound + window) / 1_000, assumptions: [] };
}

/** As fast as the shards take it: the shorter a replay, the less it costs, so a slower one costs more database time. */
function replayed(workload: Workload, shards: number, inputBytes: number | undefined): Load {
  const events = Math.max(1, (inputBytes ?? UNKNOWN_INPUT_BYTES) / LOG_LINE_BYTES);
  const byBytes = (shards * SHARD_BYTES_PER_SECOND) / (workload.eventBytes + 1);
  const recordsPerEvent = recordsPerSecond({ ...workload, eventsPerSecond: byBytes }) / byBytes;
  const eventsPerSecond = Math.min(byBytes, (shards * SHARD_RECORDS_PER_SECOND) / recordsPerEvent);
  const size = inputBytes === undefined ? `a log of ${UNKNOWN_INPUT_BYTES / 1e6} MB` : `${inputBytes / 1e6} MB`;
  return {
    workload: { ...workload, eventsPerSecond },
    loadSeconds: events / eventsPerSecond,
    assumptions: [`${size} in lines of ${LOG_LINE_BYTES} bytes, replayed as fast as the shards take it`],
  };
}
