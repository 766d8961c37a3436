import { extend, type Infer, number, orNull } from '#text/schema.ts';
import type { Regime } from '../deployment.ts';
import type { Choice, JudgedWindow } from './choice.ts';
import { THRESHOLD, type Threshold } from './find-threshold.ts';
import type { Reader, Scenario } from './scenario.ts';

const SMALLEST_WINDOW_SECONDS = 60;
/** Window of the example, s, if it was judged. */
export const USUAL_WINDOW_SECONDS = 300;

/** A threshold and its range within the error. */
export const THRESHOLD_BAND = extend(THRESHOLD, {
  earliestSeconds: orNull(number('s', 'least threshold within the error'), 'none up to a day'),
  latestSeconds: orNull(number('s', 'greatest threshold within the error'), 'none up to a day'),
});
export type ThresholdBand = Infer<typeof THRESHOLD_BAND>;

/** A verdict in short: its case, its answer and an example. The report puts it into words. */
export type Summary = {
  readonly case: {
    readonly eventsPerSecond: number;
    readonly hosts: number;
    readonly regime: Regime;
    readonly reader: Reader;
    readonly freshnessUsd: number;
    /** Deployed batch size, records; an example with another size names it. */
    readonly batchSize: number;
  };
  readonly answer: Answer;
  readonly band: ThresholdBand;
  /** Null where no window was judged. */
  readonly example: JudgedWindow | null;
};

export type Answer = {
  /**
   * `open`: the error leaves every judged window open. `cross`: stream below the threshold, batch from there on. `batch-only`: streaming
   * is impossible at every judged window, and the batch works from the threshold on. `neither`: both are impossible.
   */
  readonly kind: 'open' | 'stream' | 'batch' | 'cross' | 'batch-only' | 'neither';
  /** Raised memory of a path's functions at all windows that the path wins, MB; null: as deployed, or not the same everywhere. */
  readonly streamMemoryMb: number | null;
  readonly batchMemoryMb: number | null;
};

export function summarize(scenario: Scenario, band: ThresholdBand, windows: readonly JudgedWindow[]): Summary {
  const { workload, deployment, reader, freshnessUsd } = scenario;
  return {
    case: {
      eventsPerSecond: workload.eventsPerSecond,
      hosts: workload.keys.hosts,
      regime: deployment.regime,
      reader,
      freshnessUsd,
      batchSize: deployment.batchSize,
    },
    answer: { kind: answerKind(band, windows), ...commonMemory(band, windows) },
    band,
    example: exampleOf(band, windows),
  };
}

function answerKind(band: ThresholdBand, windows: readonly JudgedWindow[]): Answer['kind'] {
  const { thresholdSeconds } = band;
  if (isOpen(band, windows)) return 'open';
  const isStreamPossible = windows.length === 0 || windows.some(({ stream }) => stream.possible);
  if (!isStreamPossible) return thresholdSeconds === null ? 'neither' : 'batch-only';
  if (thresholdSeconds === null) return 'stream';
  return thresholdSeconds <= SMALLEST_WINDOW_SECONDS ? 'batch' : 'cross';
}

/**
 * True if the error leaves every judged window open and the band has no end. The threshold then only says that the batch wins ties,
 * for example if everything is free.
 */
export function isOpen(band: ThresholdBand, windows: readonly JudgedWindow[]): boolean {
  const { thresholdSeconds, earliestSeconds, latestSeconds } = band;
  if (thresholdSeconds === null || thresholdSeconds > SMALLEST_WINDOW_SECONDS || windows.length === 0) return false;
  if (latestSeconds !== null && latestSeconds !== earliestSeconds) return false;
  return windows.every(({ decision, stream, batch }) => decision === 'either' && stream.possible && batch.possible);
}

function commonMemory(
  band: Threshold,
  windows: readonly JudgedWindow[],
): Pick<Answer, 'streamMemoryMb' | 'batchMemoryMb'> {
  const streamed = windows.filter(({ windowSeconds }) => isStreamed(band, windowSeconds));
  const batched = windows.filter(({ windowSeconds, batch }) => !isStreamed(band, windowSeconds) && batch.possible);
  return {
    streamMemoryMb: raisedMemory(streamed.map(({ stream }) => stream)),
    batchMemoryMb: raisedMemory(batched.map(({ batch }) => batch)),
  };
}

function raisedMemory(choices: readonly Choice[]): number | null {
  const [memoryMb = null, ...others] = new Set(choices.map((choice) => (choice.memoryRaised ? choice.memoryMb : null)));
  return others.length === 0 ? memoryMb : null;
}

function isStreamed({ thresholdSeconds }: Threshold, windowSeconds: number): boolean {
  return thresholdSeconds === null || windowSeconds < thresholdSeconds;
}

/** The usual window; without it the largest streamed one; without one the smallest. */
function exampleOf(band: Threshold, windows: readonly JudgedWindow[]): JudgedWindow | null {
  const usual = windows.find(({ windowSeconds }) => windowSeconds === USUAL_WINDOW_SECONDS);
  if (usual !== undefined) return usual;
  const sorted = [...windows].sort((a, b) => a.windowSeconds - b.windowSeconds);
  return sorted.findLast(({ windowSeconds }) => isStreamed(band, windowSeconds)) ?? sorted[0] ?? null;
}
