import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import {
  CALIBRATION_BATCH_SIZE,
  CALIBRATION_WINDOW_MS,
  planChunks,
} from '#bench/experiments/phases/calibration-chunks.ts';
import { expectedSeconds, type TimingOptions } from '#bench/experiments/phases/expected-time.ts';
import {
  batchingLoadMs,
  DRAIN_EVENTS_PER_RECORD,
  nameOf,
  type Phase,
  planPhases,
} from '#bench/experiments/phases/plan-phases.ts';
import { type KeyShape, keysOf } from '#bench/load/generator.ts';
import { type Deployment, defaultDeployment } from '#model/deployment.ts';
import { sayPrices } from '#model/prices/price-table.ts';
import {
  GENERATED_LOAD,
  recordsPerSecond,
  SHARD_BYTES_PER_SECOND,
  SHARD_RECORDS_PER_SECOND,
  type Workload,
} from '#model/workload/workload.ts';
import { formatSpan } from '#text/format-span.ts';
import { MAX_ACU, type RunPhase, type RunPlan } from './run-cost.ts';

/** The options of the benchmark that its cost follows from. */
export type RunOptions = Omit<TimingOptions, 'target'> &
  KeyShape &
  Pick<BenchmarkOptions, 'batchSize' | 'batchingWindow' | 'eventsPerRecord' | 'seed' | 'prices'>;

/** Known settings of the stack and the input. The plan assumes the others and names them. */
export type RunSurroundings = {
  readonly database: 'aurora' | 'external';
  readonly batchSize?: number;
  readonly batchingWindowSeconds?: number;
  /** Size of the replayed log; unknown for standard input and gzip. */
  readonly inputBytes?: number;
};

/** Plans a run with these options on AWS, phase by phase. */
export function planRun(options: RunOptions, surroundings: RunSurroundings): RunPlan {
  const workload = workloadOf(options);
  const deployment = deploymentOf(options, surroundings);
  const replay = planReplay(workload, options.shards, surroundings.inputBytes);
  const builtIn = options.prices === undefined;
  return {
    phases: planPhases(options).phases.map((phase) => planRunPhase(phase, { options, workload, deployment, replay })),
    database: surroundings.database,
    assumptions: [
      ...(options.input === undefined ? [] : [replay.text]),
      `deployed by default (${listDefaults(options, surroundings, deployment).join(', ')})`,
      // A given price table may include taxes, so taxes are named for the built-in one only.
      `${sayPrices({ builtIn })}, without free tiers${builtIn ? ', taxes' : ''} and the stack itself`,
    ],
  };
}

function workloadOf(options: RunOptions): Workload {
  const { rate, eventsPerRecord } = options;
  return {
    ...GENERATED_LOAD,
    eventsPerSecond: rate,
    eventsPerRecord,
    keys: keysOf(options),
  };
}

function deploymentOf(
  options: RunOptions,
  { database, batchSize, batchingWindowSeconds }: RunSurroundings,
): Deployment {
  const standard = defaultDeployment('both');
  const batchingWindow = options.batchingWindow === undefined ? undefined : options.batchingWindow / 1_000;
  return {
    ...standard,
    windowSeconds: options.window / 1_000,
    boundSeconds: options.bound / 1_000,
    marginSeconds: options.margin / 1_000,
    tickSeconds: 0, // the benchmark calls the batch itself
    shards: options.shards,
    batchSize: options.batchSize ?? batchSize ?? standard.batchSize,
    batchingWindowSeconds: batchingWindow ?? batchingWindowSeconds ?? standard.batchingWindowSeconds,
    regime: database === 'external' ? 'shared' : standard.regime,
  };
}

/** The settings that nobody gave, with their defaults. */
function listDefaults(options: RunOptions, surroundings: RunSurroundings, deployment: Deployment): string[] {
  const { memoryMb, batchSize, batchingWindowSeconds, autoPauseSeconds } = deployment;
  return [
    ...(surroundings.database === 'external'
      ? []
      : [`${MAX_ACU} ACU at most`, `pause after ${formatSpan(autoPauseSeconds)}`]),
    `${memoryMb.toLocaleString('en-US')} MB a function`,
    ...((options.batchSize ?? surroundings.batchSize) === undefined
      ? [`${batchSize.toLocaleString('en-US')} records a batch`]
      : []),
    ...((options.batchingWindow ?? surroundings.batchingWindowSeconds) === undefined
      ? [`batching window of ${batchingWindowSeconds} s`]
      : []),
  ];
}

const UNKNOWN_INPUT_BYTES = 200_000_000;
const LOG_LINE_BYTES = 200;

type Replay = { readonly eventsPerSecond: number; readonly loadSeconds: number; readonly text: string };

/** Plans a replay as fast as the shards allow. A slower replay takes longer and costs more database time. */
function planReplay(workload: Workload, shards: number, inputBytes: number | undefined): Replay {
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

type Setting = Pick<RunPhase, 'workload' | 'deployment'> & { readonly options: RunOptions; readonly replay: Replay };

/** Making the stream, the first poll of its mapping, draining, comparing and removing, s. */
const REPLAY_SETUP_SECONDS = 300;
/** Events of the past are packed until a record is full: longer than any load, s. */
const PACKED_FULL_SECONDS = 86_400;
/** A stream that is full before its mapping starts gives full batches: the longest batching window, s. */
const FILLED_SECONDS = 300;

function planRunPhase(phase: Phase, { options, workload, deployment, replay }: Setting): RunPhase {
  const { windowSeconds, boundSeconds } = deployment;
  const name = nameOf('repeat' in phase ? { ...phase, of: 1 } : phase);
  const seconds = expectedSeconds(phase, { ...options, target: 'aws' }) ?? REPLAY_SETUP_SECONDS + replay.loadSeconds;
  const common = { name, seconds, workload, deployment };
  switch (phase.kind) {
    case 'live': {
      // The load goes on for bound + one window, so that its last measured window can become final.
      const loadSeconds = options.duration / 1_000 + boundSeconds + windowSeconds;
      return { ...common, loadSeconds, batches: Math.ceil(loadSeconds / windowSeconds) };
    }
    case 'replay': {
      const { eventsPerSecond, loadSeconds } = replay;
      const batches = Math.ceil(loadSeconds / windowSeconds);
      return { ...common, workload: { ...workload, eventsPerSecond }, loadSeconds, batches };
    }
    case 'calibration':
      return { ...common, ...calibrationOf(options, workload, deployment) };
    case 'drain': {
      const loadSeconds = phase.windowMs / 1_000;
      return {
        ...common,
        workload: { ...workload, eventsPerRecord: DRAIN_EVENTS_PER_RECORD, lingerSeconds: PACKED_FULL_SECONDS },
        deployment: { ...deployment, windowSeconds: loadSeconds, batchingWindowSeconds: FILLED_SECONDS },
        loadSeconds,
        batches: 2, // one cold, one warm
      };
    }
    case 'batching window': {
      const { batchingWindowMs } = phase;
      const loadSeconds = (batchingLoadMs(options, batchingWindowMs) + batchingWindowMs) / 1_000;
      const waiting = { ...deployment, batchingWindowSeconds: batchingWindowMs / 1_000 };
      return { ...common, deployment: waiting, loadSeconds, batches: 0 };
    }
  }
}

/** One batch for each chunk, two chunks in a window; then full micro-batches over all chunks. */
function calibrationOf(
  { seed, hosts }: RunOptions,
  workload: Workload,
  deployment: Deployment,
): Omit<RunPhase, 'name' | 'seconds'> {
  const { warmUp, measured, large } = planChunks({ seed, hosts });
  const chunks = [...warmUp, ...measured, ...large];
  const events = chunks.reduce((sum, chunk) => sum + chunk.events, 0);
  const records = chunks.reduce((sum, chunk) => sum + chunk.events / chunk.eventsPerRecord, 0);
  const windowSeconds = CALIBRATION_WINDOW_MS / 1_000;
  const chunkSeconds = windowSeconds / 2;
  const loadSeconds = chunks.length * chunkSeconds;
  return {
    workload: {
      ...workload,
      eventsPerSecond: events / loadSeconds,
      eventsPerRecord: events / records,
      lingerSeconds: PACKED_FULL_SECONDS,
    },
    deployment: {
      ...deployment,
      windowSeconds,
      batchIntervalSeconds: chunkSeconds,
      batchingWindowSeconds: FILLED_SECONDS,
      batchSize: CALIBRATION_BATCH_SIZE,
    },
    loadSeconds,
    batches: chunks.length,
  };
}
