import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { TimingOptions } from '#bench/experiments/phases/expected-time.ts';
import { planPhases } from '#bench/experiments/phases/plan-phases.ts';
import { type Deployment, defaultDeployment } from '#model/deployment.ts';
import { sayPrices } from '#model/prices/say-prices.ts';
import { GENERATED_LOAD, type Workload } from '#model/workload/workload.ts';
import { formatSpan } from '#text/format-span.ts';
import { replayPace } from './replay-pace.ts';
import type { RunPlan } from './run-cost.ts';
import { planRunPhase } from './run-phase.ts';

/** The options of the benchmark that its cost follows from. */
export type RunOptions = Omit<TimingOptions, 'target'> &
  Pick<
    BenchmarkOptions,
    | 'batchSize'
    | 'batchingWindow'
    | 'hosts'
    | 'referrers'
    | 'hostSkew'
    | 'referrerSkew'
    | 'nullReferrers'
    | 'eventsPerRecord'
    | 'seed'
    | 'prices'
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

const DEFAULT_MAX_ACU = 8;

/** What a run with these options will do on AWS, phase by phase. */
export function planRun(options: RunOptions, surroundings: RunSurroundings): RunPlan {
  const { input, shards } = options;
  const { database, maxAcu = DEFAULT_MAX_ACU, inputBytes } = surroundings;
  const builtIn = options.prices === undefined;
  const workload = workloadOf(options);
  const pace = replayPace(workload, shards, inputBytes);
  const deployment = deploymentOf(options, surroundings);
  const setting = { options, deployment, workload, pace };
  return {
    phases: planPhases(options).phases.map((phase) => planRunPhase(phase, setting)),
    database,
    maxAcu,
    assumptions: [
      ...(input === undefined ? [] : [pace.text]),
      ...sayDefaults(options, surroundings, deployment, maxAcu),
      // Whether given prices have taxes in them is for whoever gave them to say.
      `${sayPrices({ builtIn })}, without free tiers${builtIn ? ', taxes' : ''} and the stack itself`,
    ],
  };
}

/** The stack's defaults that stand for what nobody said, in words; none: all of it is known. */
function sayDefaults(
  options: RunOptions,
  surroundings: RunSurroundings,
  { memoryMb, batchSize, batchingWindowSeconds, autoPauseSeconds }: Deployment,
  maxAcu: number,
): string[] {
  const isOurs = surroundings.database === 'aurora';
  const assumed = [
    isOurs && surroundings.maxAcu === undefined && `${maxAcu} ACU at most`,
    isOurs && surroundings.autoPauseSeconds === undefined && `pause after ${formatSpan(autoPauseSeconds)}`,
    surroundings.memoryMb === undefined && `${memoryMb.toLocaleString('en-US')} MB a function`,
    (options.batchSize ?? surroundings.batchSize) === undefined &&
      `${batchSize.toLocaleString('en-US')} records a batch`,
    (options.batchingWindow ?? surroundings.batchingWindowSeconds) === undefined &&
      `batching window of ${batchingWindowSeconds} s`,
  ].filter((text) => text !== false);
  return assumed.length === 0 ? [] : [`deployed by default (${assumed.join(', ')})`];
}

function workloadOf(options: RunOptions): Workload {
  const { rate, eventsPerRecord, hosts, referrers, hostSkew, referrerSkew, nullReferrers } = options;
  return {
    ...GENERATED_LOAD,
    eventsPerSecond: rate,
    eventsPerRecord,
    keys: { kind: 'zipf', hosts, referrers, hostSkew, referrerSkew, nullReferrerShare: nullReferrers },
  };
}

function deploymentOf(options: RunOptions, surroundings: RunSurroundings): Deployment {
  const { window, bound, margin, shards, batchSize, batchingWindow } = options;
  const { database } = surroundings;
  const standard = defaultDeployment('both');
  return {
    ...standard,
    windowSeconds: window / 1_000,
    boundSeconds: bound / 1_000,
    marginSeconds: margin / 1_000,
    tickSeconds: 0, // the benchmark calls the batch itself
    shards,
    batchSize: batchSize ?? surroundings.batchSize ?? standard.batchSize,
    batchingWindowSeconds:
      batchingWindow === undefined
        ? (surroundings.batchingWindowSeconds ?? standard.batchingWindowSeconds)
        : batchingWindow / 1_000,
    memoryMb: surroundings.memoryMb ?? standard.memoryMb,
    autoPauseSeconds: surroundings.autoPauseSeconds ?? standard.autoPauseSeconds,
    regime: database === 'external' ? 'shared' : standard.regime,
  };
}
