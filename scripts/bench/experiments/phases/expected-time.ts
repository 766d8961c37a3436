import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { TargetName } from '#bench/targets/target.ts';
import { STANDARD } from '#model/parameters.ts';
import { GENERATED_LOAD, SHARD_BYTES_PER_SECOND } from '#model/workload/workload.ts';
import { batchingLoadMs, type Phase, type PhaseOptions } from './plan-phases.ts';

/** The options that decide the length of a phase. */
export type TimingOptions = PhaseOptions & Pick<BenchmarkOptions, 'target' | 'window' | 'bound' | 'margin' | 'shards'>;

/** Time around a phase, s: creating its run, the mapping's first poll, the platform's reports, verifying and removing. */
const AROUND_SECONDS: Readonly<Record<TargetName, number>> = { embedded: 3, localstack: 30, aws: 240 };
/**
 * Time for a calibration's 28 chunks and invocations, s; no option changes it. The embedded one was measured. The others are
 * estimates: 2 s from a batch's call until its commit is seen, 36,000 records (1,000/s on one shard of AWS), one resize.
 */
const CALIBRATION_SECONDS: Readonly<Record<TargetName, number>> = { embedded: 28, localstack: 80, aws: 120 };
/** Bytes of a generated event with its newline. */
const EVENT_BYTES = GENERATED_LOAD.eventBytes + 1;
/** Write rate of a stream, bytes/s; an emulator's does not depend on its shards. */
const TAKEN_BYTES_PER_SECOND: Readonly<Record<TargetName, (shards: number) => number>> = {
  embedded: () => 20_000_000,
  localstack: () => 5_000_000,
  aws: (shards) => shards * SHARD_BYTES_PER_SECOND,
};
/** CPU per event without reading, s: generating, sending, and counting it in three batches. */
const EVENT_CPU_SECONDS = 10e-6;
/** Times that a drain reads its stream: cold batch, warm batch, catch-up. */
const READS_OF_A_DRAIN = 3;

/**
 * Estimates the length of a phase for the display, s. It is null for a replay, whose log has not been read yet.
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
      // The last batch may fill for one more batching window.
      const { batchingWindowMs } = phase;
      return around + (batchingLoadMs(options, batchingWindowMs) + batchingWindowMs + window + bound) / 1_000;
    }
  }
}

/**
 * Returns the time left of all phases, ms; null while a phase of unknown length is ahead.
 *
 * @param seconds expected length of each phase, s
 * @param at index of the current phase
 * @param elapsedMs time since the start of the current phase
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
