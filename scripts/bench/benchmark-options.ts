import type { Regime } from '#model/deployment.ts';
import type { Reader } from '#model/verdict/scenario.ts';
import type { HostField } from './load/host-field.ts';
import type { PartitionBy } from './load/line.ts';
import type { LogFormat } from './load/log-format.ts';
import type { TargetName } from './targets/target.ts';

/** Who the verdict is for, and at which prices. USD a month per minute of mean delay. */
export type VerdictOptions = {
  reads: Reader;
  freshnessValue: number;
  database: Regime;
  /** File; undefined: the built-in table. */
  prices: string | undefined;
};

/** What a benchmark does, as the command line says it. Times in ms, shares from 0 to 1. */
export type BenchmarkOptions = VerdictOptions & {
  target: TargetName;
  stack: string;
  yes: boolean;
  window: number;
  bound: number;
  margin: number;
  maxFutureSkew: number;
  idleTimeout: number;
  late: 'count' | 'drop';
  shards: number;
  batchSize: number | undefined;
  batchingWindow: number | undefined;
  rate: number;
  duration: number;
  hosts: number;
  referrers: number;
  hostSkew: number;
  referrerSkew: number;
  nullReferrers: number;
  outOfOrder: number;
  outOfOrderBy: number;
  lateShare: number;
  malformed: number;
  seed: number;
  eventStart: number | undefined;
  eventsPerRecord: number;
  partitionBy: PartitionBy;
  input: string | undefined;
  format: LogFormat | 'auto';
  hostField: HostField;
  speed: 'max' | number;
  /** Windows that a batch of their own is measured for, rising; none of them for a replay. */
  windows: number[];
  /** Whether the model is fitted to a phase of its own, on a generated load. */
  calibrate: boolean;
  /** Batching windows that the micro-batch path is measured with beside the live run's, rising. */
  batchingWindows: number[];
  /** A drain or a batching window that takes more events is modelled instead. */
  maxEvents: number;
  /** How often the live run, or the replay, is made. */
  repeat: number;
  chaos: { kills: number };
  keep: boolean;
  out: string | undefined;
  kinesisPort: number;
  lambdaPort: number;
  verbose: boolean;
};

/** The options that shape a generated load, and nothing else. */
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

/** The options that say how a log is read, beside the log itself. */
export const OF_REAL_LOAD = ['format', 'hostField', 'speed'] as const satisfies readonly (keyof BenchmarkOptions)[];

/** The options that shape either. */
export const OF_ANY_LOAD = [
  'seed',
  'eventsPerRecord',
  'partitionBy',
] as const satisfies readonly (keyof BenchmarkOptions)[];
