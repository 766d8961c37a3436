import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import { formatCount } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import { type Infer, object, text } from '#text/schema.ts';

/** A step of the benchmark, which has its own stream. `of` is the number of live runs or replays. */
export type Phase =
  | { readonly kind: 'live' | 'replay'; readonly repeat: number; readonly of: number }
  | { readonly kind: 'calibration' }
  | { readonly kind: 'drain'; readonly windowMs: number }
  | { readonly kind: 'batching window'; readonly batchingWindowMs: number };

/** Example: `drain of 2 hours`: `3,600,000 events, more than the limit of 2,000,000: modelled instead`. */
export const NOT_MEASURED = object({ what: text('which phase, in words'), why: text('why not, in words') });
export type NotMeasured = Infer<typeof NOT_MEASURED>;

export type PhasePlan = {
  /** Phases to run, in their order. */
  readonly phases: readonly Phase[];
  /** Phases that need more events than the limit. */
  readonly modelled: readonly NotMeasured[];
};

/** The options that the phases follow from. */
export type PhaseOptions = Pick<
  BenchmarkOptions,
  'input' | 'repeat' | 'calibrate' | 'windows' | 'batchingWindows' | 'rate' | 'duration' | 'maxEvents'
>;

/** Plans the phases of a benchmark in their order: short phases come first, the longest ones last. */
export function planPhases(options: PhaseOptions): PhasePlan {
  const { input, repeat, calibrate, windows, batchingWindows, maxEvents } = options;
  const kind = input === undefined ? 'live' : 'replay';
  const wanted: Phase[] = [
    ...Array.from({ length: repeat }, (_, i): Phase => ({ kind, repeat: i + 1, of: repeat })),
    ...(calibrate ? [{ kind: 'calibration' } as const] : []),
    ...rising(windows).map((windowMs): Phase => ({ kind: 'drain', windowMs })),
    ...rising(batchingWindows).map((batchingWindowMs): Phase => ({ kind: 'batching window', batchingWindowMs })),
  ];
  const phases: Phase[] = [];
  const modelled: NotMeasured[] = [];
  for (const phase of wanted) {
    const events = budgetedEvents(phase, options);
    if (events <= maxEvents) phases.push(phase);
    else
      modelled.push({
        what: nameOf(phase),
        why: `${formatCount(events)} events, more than the limit of ${formatCount(maxEvents)}: modelled instead`,
      });
  }
  return { phases, modelled };
}

/** Returns the name of a phase for the display and the report. */
export function nameOf(phase: Phase): string {
  switch (phase.kind) {
    case 'live':
    case 'replay': {
      const name = phase.kind === 'live' ? 'live run' : 'replay of the log';
      return phase.of === 1 ? name : `${name} ${phase.repeat} of ${phase.of}`;
    }
    case 'calibration':
      return 'calibration';
    case 'drain':
      return `drain of ${formatSpan(phase.windowMs / 1_000)}`;
    case 'batching window':
      return `batching window of ${formatSpan(phase.batchingWindowMs / 1_000)}`;
  }
}

/** Events per record of a drain: about as many as a PUT unit of 25 KB holds. */
export const DRAIN_EVENTS_PER_RECORD = 128;

const LEAST_FULL_BATCHES = 3;

/** Length of a batching window's load without its tail, ms: long enough for a few full batches of each shard. */
export function batchingLoadMs({ duration }: Pick<PhaseOptions, 'duration'>, batchingWindowMs: number): number {
  return Math.max(duration, LEAST_FULL_BATCHES * batchingWindowMs);
}

/** Events of a phase that the limit applies to; 0 for a phase that has no limit. */
function budgetedEvents(phase: Phase, options: PhaseOptions): number {
  if (phase.kind === 'drain') return Math.round((options.rate * phase.windowMs) / 1_000);
  if (phase.kind !== 'batching window') return 0;
  return Math.round((options.rate * batchingLoadMs(options, phase.batchingWindowMs)) / 1_000);
}

function rising(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
