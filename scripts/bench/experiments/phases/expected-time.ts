import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { TargetName } from '#bench/targets/target.ts';
import { STANDARD } from '#model/parameters.ts';
import { GENERATED_LOAD, SHARD_BYTES_PER_SECOND } from '#model/workload/workload.ts';
import { batchingLoadMs, type Phase, type PhaseOptions } from './plan-phases.ts';

/** The options that a phase's length follows from. */
export type TimingOptions = PhaseOptions & Pick<BenchmarkOptions, 'target' | 'window' | 'bound' | 'margin' | 'shards'>;

/** Making the run, its mapping's first poll, the platform's reports, verifying and removing, s. */
const AROUND_SECONDS: Readonly<Record<TargetName, number>> = { embedded: 3, localstack: 30, aws: 240 };
/**
 * A calibration's 28 chunks and invocations, s: they are the same whatever the options. Embedded: as measured. Elsewhere nothing was
 * measured: 2 s a batch from its call until its commit is seen, 36,000 records, at 1,000/s on AWS's one shard, and its mapping resized.
 */
const CALIBRATION_SECONDS: Readonly<Record<TargetName, number>> = { embedded: 28, localstack: 80, aws: 120 };
/** A generated one with its line's end, packed. */
const EVENT_BYTES = GENERATED_LOAD.eventBytes + 1;
/** What a stream takes in, bytes/s; an emulator's doesn't depend on its shards. */
const TAKEN_BYTES_PER_SECOND: Readonly<Record<TargetName, (shards: number) => number>> = {
  embedded: () => 20_000_000,
  localstack: () => 5_000_000,
  aws: (shards) => shards * SHARD_BYTES_PER_SECOND,
};
/** Beside the reading: generating and sending an event, and counting it in three batches, s on one core. */
const EVENT_CPU_SECONDS = 10e-6;
/** Cold batch, warm batch, catch-up. */
const READS_OF_A_DRAIN = 3;

/**
 * How long a phase will take, s; null for a replay, whose log nobody has read yet. An estimate, for those who wait.
 */
export function expectedSeconds(phase: Phase, options: TimingOptions): number | null {
  const { target, rate, shards, duration, window, bound, margin } = options;
  const around = AROUND_SECONDS[target];
  switch (phase.kind) {
    case 'replay':
      return null;
    case 'live':
      return around + (duration + window + bound + margin) / 1_000;
    case 'calibration':
      return around + CALIBRATION_SECONDS[target];
    case 'drain': {
      const events = (rate * phase.windowMs) / 1_000;
      const bytes = events * EVENT_BYTES;
      const reading = (READS_OF_A_DRAIN * bytes) / (shards * STANDARD.shardReadBytesPerSecond);
      return around + bytes / TAKEN_BYTES_PER_SECOND[target](shards) + reading + events * EVENT_CPU_SECONDS;
    }
    case 'batching window': {
      // Its last batch may fill for one more batching window.
      const { batchingWindowMs } = phase;
      return around + (batchingLoadMs(options, batchingWindowMs) + batchingWindowMs + window + bound) / 1_000;
    }
  }
}

/**
 * Time left of phases one after the other, ms; null while a phase is ahead whose length nobody knows.
 *
 * @param seconds what is expected of each
 * @param at the phase that runs, from 0
 * @param elapsedMs for how long it has run
 */
export function timeLeftMs(seconds: readonly (number | null)[], at: number, elapsedMs: number): number | null {
  let leftMs = 0;
  for (const [i, expected] of seconds.entries()) {
    if (i < at) continue;
    if (expected === null) return null;
    leftMs += Math.max(0, expected * 1_000 - (i === at ? elapsedMs : 0));
  }
  return leftMs;
}
