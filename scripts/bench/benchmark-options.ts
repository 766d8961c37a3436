import { SETTING_RANGES_MS } from '#functions/contract.ts';
import { MOST_BATCH_RECORDS, MOST_BATCHING_WINDOW_SECONDS, type Regime } from '#model/deployment.ts';
import type { Reader } from '#model/verdict/scenario.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#text/duration.ts';
import type { LoadShape } from './load/generator.ts';
import type { HostField } from './load/host-field.ts';
import type { LogFormat } from './load/log-format.ts';
import type { TargetName } from './targets/target.ts';

/** The reader that a verdict is for, and its prices. */
export type VerdictOptions = {
  reads: Reader;
  /** USD a month for one minute less of mean delay. */
  freshnessValue: number;
  database: Regime;
  /** File with a price table; undefined: the built-in table. */
  prices: string | undefined;
};

/** The options of a benchmark. Durations in ms, shares from 0 to 1. */
export type BenchmarkOptions = VerdictOptions &
  LoadShape & {
    target: TargetName;
    stack: string;
    yes: boolean;
    /** Size of the live run's windows. */
    window: number;
    bound: number;
    margin: number;
    maxFutureSkew: number;
    idleTimeout: number;
    late: 'count' | 'drop';
    shards: number;
    batchSize: number | undefined;
    batchingWindow: number | undefined;
    duration: number;
    eventStart: number | undefined;
    eventsPerRecord: number;
    input: string | undefined;
    format: LogFormat | 'auto';
    hostField: HostField;
    speed: 'max' | number;
    /** Windows of the drains, rising; empty for a replay. */
    windows: number[];
    /** True if the calibration runs, a phase with a generated load that the model is fitted to. */
    calibrate: boolean;
    /** Batching windows that the micro-batch path runs alone with, rising. */
    batchingWindows: number[];
    /** A drain or a batching window that needs more events is modelled, not measured. */
    maxEvents: number;
    /** Number of live runs, or of replays. */
    repeat: number;
    chaos: { kills: number };
    keep: boolean;
    out: string | undefined;
    kinesisPort: number;
    lambdaPort: number;
    verbose: boolean;
  };

/** Least and most of a setting, as the functions check it. */
function rangeOf(setting: keyof typeof SETTING_RANGES_MS): readonly [least: number, most: number] {
  const { least, most } = SETTING_RANGES_MS[setting];
  return [least, most];
}

/** Least and most of every option that is a number, both allowed; durations in ms. */
export const OPTION_RANGES = {
  window: rangeOf('windowMs'),
  bound: rangeOf('boundMs'),
  margin: rangeOf('marginMs'),
  maxFutureSkew: rangeOf('maxFutureSkewMs'),
  idleTimeout: rangeOf('idleTimeoutMs'),
  windows: [MINUTE_MS, DAY_MS],
  batchingWindows: [0, MOST_BATCHING_WINDOW_SECONDS * SECOND_MS],
  maxEvents: [1, 1_000_000_000],
  repeat: [1, 20],
  shards: [1, 64],
  batchSize: [1, MOST_BATCH_RECORDS],
  batchingWindow: [0, MOST_BATCHING_WINDOW_SECONDS * SECOND_MS],
  rate: [1, 100_000],
  duration: [SECOND_MS, DAY_MS],
  hosts: [1, 10_000_000],
  referrers: [1, 10_000_000],
  hostSkew: [0, 5],
  referrerSkew: [0, 5],
  nullReferrers: [0, 1],
  outOfOrder: [0, 1],
  outOfOrderBy: [0, DAY_MS],
  lateShare: [0, 1],
  malformed: [0, 1],
  seed: [0, 2 ** 31 - 1],
  eventsPerRecord: [1, 10_000],
  /** Above 0; the least is not allowed itself. */
  speed: [0, 1e9],
  kinesisPort: [0, 65_535],
  lambdaPort: [0, 65_535],
} as const satisfies { readonly [Option in keyof BenchmarkOptions]?: readonly [least: number, most: number] };

/** The options that shape a generated load and mean nothing for a log. */
export const OF_GENERATED_LOAD = [
  'rate',
  'duration',
  'hosts',
  'referrers',
  'hostSkew',
  'referrerSkew',
  'nullReferrers',
  'outOfOrder',
  'outOfOrderBy',
  'lateShare',
  'malformed',
  'eventStart',
] as const satisfies readonly (keyof BenchmarkOptions)[];

/** The options that say how a log is read and replayed. */
export const OF_REAL_LOAD = ['format', 'hostField', 'speed'] as const satisfies readonly (keyof BenchmarkOptions)[];

/** The options that shape a generated load and a log alike. */
export const OF_ANY_LOAD = [
  'seed',
  'eventsPerRecord',
  'partitionBy',
] as const satisfies readonly (keyof BenchmarkOptions)[];
