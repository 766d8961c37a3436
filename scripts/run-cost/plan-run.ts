import type { TimingOptions } from '../experiments/expected-time.ts';
import { planPhases } from '../experiments/plan-phases.ts';
import { type Deployment, defaultDeployment } from '../model/deployment.ts';
import { GENERATED_LOAD, type Workload } from '../model/workload.ts';
import type { BenchmarkOptions } from '../options/benchmark-options.ts';
import { sayPrices } from '../prices/say-prices.ts';
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
  const setting = { options, deployment: deploymentOf(options, surroundings), workload, pace };
  return {
    phases: planPhases(options).phases.map((phase) => planRunPhase(phase, setting)),
    database,
    maxAcu,
    assumptions: [
      ...(input === undefined ? [] : [pace.text]),
      // Whether given prices have taxes in them is for whoever gave them to say.
      `${sayPrices({ builtIn })}, without free tiers${builtIn ? ', taxes' : ''} and the stack itself`,
    ],
  };
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
