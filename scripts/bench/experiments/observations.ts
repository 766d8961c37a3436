import type { LedgerRow, Path, Settings, Totals } from '#functions/contract.ts';
import { type Infer, number, object } from '#text/schema.ts';
import type { OracleTotals } from '../load/oracle.ts';
import type { ProducerResult } from '../load/producer.ts';
import type { IsolatedRun } from '../run/isolated-run.ts';
import type { Load } from '../run/load.ts';
import type { Kill, TimelinePoint } from '../run/timeline.ts';
import type { MappingSettings } from '../run-settings.ts';
import type { Correctness, PathCorrectness } from '../verify/correctness.ts';
import type { Coverage } from '../verify/coverage.ts';
import type { PathObservations } from '../verify/examine-paths.ts';
import type { NotMeasured } from './phases/plan-phases.ts';

/** The observations of a benchmark by experiment; the report evaluates them. */
export type Measured = {
  /** One entry per live run or replay; the first one is shown in full. */
  readonly live: readonly Observations[];
  /** Null if it was not asked for, or not reached. */
  readonly calibration: CalibrationObservations | null;
  /** Drains, in order of rising windows. */
  readonly drains: readonly DrainObservations[];
  /** Runs with other batching windows, in rising order. */
  readonly batchingWindows: readonly BatchingWindowObservations[];
  /** Phases that were asked for and not measured. */
  readonly notMeasured: readonly NotMeasured[];
  readonly interrupted: boolean;
};

/** The observations of a live run, or of the replay of a log. */
export type Observations = {
  readonly run: Pick<IsolatedRun, 'id' | 'streamName' | 'schemas'> & { readonly mapping: MappingSettings };
  readonly settings: Settings;
  readonly load: Load;
  readonly sent: ProducerResult;
  readonly kills: readonly Kill[];
  /** About one point a second, from the start of the load until everything was counted. */
  readonly timeline: readonly TimelinePoint[];
  readonly startedMs: number;
  readonly endedMs: number;
  readonly paths: Readonly<Record<Path, PathObservations>>;
};

/** Size of the load that was sent. */
export const LOAD_SIZE = object(
  {
    events: number('events', 'lines that must be counted'),
    records: number('records', 'records that Kinesis acknowledged'),
    bytes: number('bytes', 'data of the records, without partition keys'),
    lines: number('lines', 'lines in the records'),
  },
  'load size',
);
export type LoadSize = Infer<typeof LOAD_SIZE>;

/** INIT of each environment start that the platform reported, ms. */
type InitsMs = Readonly<Record<Path, readonly number[]>>;

/** The run of a phase. */
type RunObservations = {
  readonly runId: string;
  readonly settings: Settings;
  readonly shards: number;
  readonly startedMs: number;
  readonly endedMs: number;
};

/**
 * The observations of a drain. One batch counts a window's whole load, cold and then warm, on emptied tables; then the
 * micro-batch path counts it alone.
 */
export type DrainObservations = RunObservations & {
  readonly windowMs: number;
  readonly load: LoadSize;
  readonly eventsPerRecord: number;
  readonly oracleTotals: OracleTotals;
  /** Time to send the load, ms. */
  readonly sendMs: number;
  /** True if both `correctness` and `coldCorrectness` are exact. */
  readonly exact: boolean;
  /** Correctness of both paths' tables at the end: of the warm batch and of the catch-up. */
  readonly correctness: Correctness;
  /** Correctness of the first batch's tables, even if that batch was not cold. */
  readonly coldCorrectness: PathCorrectness;
  /** Null if the platform had a warm environment and can't be told to end it. */
  readonly cold: BatchMeasurement | null;
  readonly warm: BatchMeasurement;
  readonly catchUp: CatchUpMeasurement;
  readonly mapping: MappingSettings;
  /** Sums over both paths' tables and ledgers at the end: rows written, final rows. */
  readonly totals: Readonly<Record<Path, Totals>>;
  /** Invocations of both batches and of the catch-up; in each of them one path runs alone. */
  readonly ledger: Readonly<Record<Path, readonly LedgerRow[]>>;
  readonly initsMs: InitsMs;
};

/** One scheduled batch over everything that was sent, with the calls that continue it. */
export type BatchMeasurement = {
  /** True if the first invocation started an environment. */
  readonly cold: boolean;
  readonly invocations: number;
  /** Time from the first call to the last answer, ms, measured by the caller. */
  readonly durationMs: number;
  /** Sum over the invocations as the platform reports it; null if a report is missing. */
  readonly billedDurationMs: number | null;
  /** INIT of its environments, ms; null if there is none, as for a warm batch. */
  readonly initMs: number | null;
  readonly maxMemoryMb: number | null;
  /** Ledger rows of the batch: CPU, read wait, database wait, rows written. */
  readonly rows: readonly LedgerRow[];
};

/** The micro-batch path alone on everything that was sent, from the start of its first invocation to its last commit. */
export type CatchUpMeasurement = {
  readonly invocations: number;
  readonly durationMs: number;
  readonly eventsPerSecond: number;
  /** Time from the request for the mapping to the first invocation, ms: Lambda may take minutes. */
  readonly mappingMs: number;
  readonly maxMemoryMb: number | null;
};

/** Invocations of each path alone, of many sizes and packings. The model's coefficients are fitted to them. */
export type CalibrationObservations = RunObservations & {
  readonly load: LoadSize;
  readonly correctness: Correctness;
  readonly mapping: MappingSettings;
  /** Invocations after the warm-up. */
  readonly ledger: Readonly<Record<Path, readonly LedgerRow[]>>;
  readonly initsMs: InitsMs;
};

/** The micro-batch path alone on a live load, with a batching window. */
export type BatchingWindowObservations = RunObservations & {
  readonly batchingWindowSeconds: number;
  readonly mapping: MappingSettings;
  readonly load: LoadSize;
  /** Length of the load with its tail, ms. */
  readonly durationMs: number;
  readonly correctness: PathCorrectness;
  readonly path: PathObservations;
  readonly coverage: Coverage;
};

/**
 * Adds up the parts of a load.
 *
 * @param events lines that must be counted; malformed lines are excluded
 */
export function toLoadSize(
  sent: readonly Pick<ProducerResult, 'records' | 'bytes' | 'lines'>[],
  events: number,
): LoadSize {
  const sum = (key: 'records' | 'bytes' | 'lines'): number => sent.reduce((total, part) => total + part[key], 0);
  return { events, records: sum('records'), bytes: sum('bytes'), lines: sum('lines') };
}
