import type { LoadSize } from '#bench/experiments/observations.ts';
import type { MappingSettings } from '#bench/run-settings.ts';
import type { Correctness, PathCorrectness } from '#bench/verify/correctness.ts';
import type { Settings } from '#functions/contract.ts';
import type { PhasePrediction } from '#model/timing/predict-phase.ts';
import type { PathFigures } from './path-report.ts';

/** Which run of those that a benchmark makes one after the other. */
export type RunReport = {
  readonly id: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMs: number;
};

/** One live run of several with the same options. */
export type RepeatReport = {
  readonly run: RunReport;
  readonly exact: boolean;
  readonly paths: { readonly microBatch: PathFigures; readonly scheduledBatch: PathFigures };
};

/** Batches of many sizes with one path at a time, which the model is fitted to. */
export type CalibrationReport = {
  readonly exact: boolean;
  readonly correctness: Correctness;
  readonly load: LoadSize;
  /** That committed. */
  readonly invocations: { readonly microBatch: number; readonly scheduledBatch: number };
};

/** One window's load, counted by one path at a time: by the batch, then by the micro-batch path catching up. */
export type DrainReport = {
  readonly windowMs: number;
  readonly settings: Settings;
  readonly load: LoadSize;
  readonly mapping: MappingSettings;
  readonly shards: number;
  /** Both paths, and both batches where there were two. */
  readonly exact: boolean;
  /** Of both paths' tables at the end. */
  readonly correctness: Correctness;
  /** Of the first batch's tables, which were emptied after it. */
  readonly coldCorrectness: PathCorrectness;
  /** In a new environment; null where the target can't be made to start one. */
  readonly cold: BatchReport | null;
  readonly warm: BatchReport;
  readonly catchUp: CatchUpReport;
};

/** Sums over the ledger's rows of a phase, beside what the model says of the same. */
type PhaseFigures = {
  /** That committed. */
  readonly invocations: number;
  readonly events: number;
  readonly records: number;
  readonly rowsWritten: number;
  readonly rowsFresh: number;
  readonly cpuMs: number;
  readonly readWaitMs: number;
  readonly databaseWaitMs: number;
  readonly maxMemoryMb: number | null;
  readonly predicted: PhasePrediction;
};

/** One run of the scheduled batch over a whole window, however many invocations it took. */
export type BatchReport = PhaseFigures & {
  /** Until the answer, as the caller waited. */
  readonly durationMs: number;
  readonly billedDurationMs: number | null;
  readonly initMs: number | null;
};

/** The micro-batch path on a stream that was full before it began. */
export type CatchUpReport = PhaseFigures & {
  /** From its first invocation's start to its last commit. */
  readonly durationMs: number;
  /** From when the mapping was asked for until that start. */
  readonly mappingMs: number;
  readonly eventsPerSecond: number;
};

/** The micro-batch path alone at the live run's rate, with another batching window. */
export type BatchingWindowReport = {
  readonly batchingWindowSeconds: number;
  readonly mapping: MappingSettings;
  readonly shards: number;
  readonly settings: Settings;
  /** Length of the load, its tail included. */
  readonly durationMs: number;
  readonly load: LoadSize;
  readonly exact: boolean;
  readonly correctness: PathCorrectness;
  readonly path: PathFigures;
  /** Invocations of a new environment, by the ledger. */
  readonly coldStarts: number;
  /** By the model, of the same load and setting; the mean of the freshness on AWS. */
  readonly predicted: PhasePrediction & { readonly invocations: number; readonly freshnessMs: number };
};
