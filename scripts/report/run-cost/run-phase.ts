import {
  CALIBRATION_BATCH_SIZE,
  CALIBRATION_WINDOW_MS,
  planChunks,
} from '#bench/experiments/phases/calibration-chunks.ts';
import { expectedSeconds, type TimingOptions } from '#bench/experiments/phases/expected-time.ts';
import { batchingLoadMs, DRAIN_EVENTS_PER_RECORD, nameOf, type Phase } from '#bench/experiments/phases/plan-phases.ts';
import type { Deployment } from '#model/deployment.ts';
import type { Workload } from '#model/workload/workload.ts';
import type { ReplayPace } from './replay-pace.ts';

/** A step of a benchmark run, on a stream of its own, as far as it costs something. */
export type RunPhase = {
  /** In words. */
  readonly name: string;
  /** Its load in the time of its events, which may lie in the past. */
  readonly workload: Workload;
  readonly loadSeconds: number;
  /** From its stream being made to its being gone, s. */
  readonly seconds: number;
  /** Its shards, windows and mapping, on the stack that it runs against. */
  readonly deployment: Deployment;
  /** Batches that each count as much of it as the deployment says; 0: the micro-batch path runs alone. */
  readonly batches: number;
};

/** What the phases have in common. */
export type RunSetting = {
  readonly options: Omit<TimingOptions, 'target'> & { readonly seed: number; readonly hosts: number };
  readonly deployment: Deployment;
  readonly workload: Workload;
  readonly pace: ReplayPace;
};

const REPLAY_SETUP_SECONDS = 300; // making the stream, the mapping's first poll, draining, comparing, removing
/** Longer than any load: what happened in the past is packed until a record is full. */
const PACKED_FULL_SECONDS = 86_400;
/** A stream that is full before the mapping comes to it gives full batches. */
const FILLED_SECONDS = 300;

export function planRunPhase(phase: Phase, setting: RunSetting): RunPhase {
  const { options, deployment, workload, pace } = setting;
  const { windowSeconds, boundSeconds } = deployment;
  const seconds = expectedSeconds(phase, { ...options, target: 'aws' });
  const name = 'repeat' in phase ? nameOf({ ...phase, of: 1 }) : nameOf(phase);
  const common = { name, seconds: seconds ?? REPLAY_SETUP_SECONDS + pace.loadSeconds };
  switch (phase.kind) {
    case 'live': {
      // The load goes on for bound + one window, so that its last measured window can become final.
      const loadSeconds = options.duration / 1_000 + boundSeconds + windowSeconds;
      return { ...common, workload, deployment, loadSeconds, batches: Math.ceil(loadSeconds / windowSeconds) };
    }
    case 'replay': {
      const { eventsPerSecond, loadSeconds } = pace;
      const replayed = { ...workload, eventsPerSecond };
      return {
        ...common,
        workload: replayed,
        deployment,
        loadSeconds,
        batches: Math.ceil(loadSeconds / windowSeconds),
      };
    }
    case 'calibration':
      return { ...common, ...calibrationOf(setting) };
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
      const waiting = { ...deployment, batchingWindowSeconds: batchingWindowMs / 1_000 };
      const loadSeconds = (batchingLoadMs(options, batchingWindowMs) + batchingWindowMs) / 1_000;
      return { ...common, workload, deployment: waiting, loadSeconds, batches: 0 };
    }
  }
}

/** Its chunks one after the other, a batch each, two a window; then all of them in full micro-batches. */
function calibrationOf({ options, deployment, workload }: RunSetting): Omit<RunPhase, 'name' | 'seconds'> {
  const { seed, hosts } = options;
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
