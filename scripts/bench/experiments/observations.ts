import type { LedgerRow, Path, Settings, Totals } from '#functions/contract.ts';
import { type Infer, number, object } from '#text/schema.ts';
import type { OracleTotals } from '../load/oracle.ts';
import type { ProducerResult } from '../load/producer.ts';
import type { Kill } from '../run/chaos.ts';
import type { IsolatedRun } from '../run/isolated-run.ts';
import type { Load } from '../run/load.ts';
import type { TimelinePoint } from '../run/timeline.ts';
import type { MappingSettings } from '../run-settings.ts';
import type { Correctness, PathCorrectness } from '../verify/correctness.ts';
import type { Coverage } from '../verify/coverage.ts';
import type { PathObservations } from '../verify/examine-paths.ts';
import type { NotMeasured } from './phases/plan-phases.ts';

/** Everything that a benchmark measured, experiment by experiment; the report says what it means. */
export type Measured = {
  /** One for each time that the live run was repeated; the first is shown in full. */
  readonly live: readonly Observations[];
  /** Null where it was not asked for, or not come to. */
  readonly calibration: CalibrationObservations | null;
  /** By rising window. */
  readonly drains: readonly DrainObservations[];
  /** By rising size. */
  readonly batchingWindows: readonly BatchingWindowObservations[];
  /** What was asked for and is not there. */
  readonly notMeasured: readonly NotMeasured[];
  readonly interrupted: boolean;
};

/** Everything that was seen of a live run, or of the replay of a log. */
export type Observations = {
  readonly run: Pick<IsolatedRun, 'id' | 'streamName' | 'schemas'> & { readonly mapping: MappingSettings };
  readonly settings: Settings;
  readonly load: Load;
  readonly sent: ProducerResult;
  readonly kills: readonly Kill[];
  /** About one point a second while it was sent and until all was counted. */
  readonly timeline: readonly TimelinePoint[];
  readonly startedMs: number;
  readonly endedMs: number;
  readonly paths: Readonly<Record<Path, PathObservations>>;
};

/** How much was sent. */
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

/** INIT of each environment that the platform reported to have started, ms. */
type InitsMs = Readonly<Record<Path, readonly number[]>>;

/** What a run of its own was made of. */
type RunObservations = {
  readonly runId: string;
  readonly settings: Settings;
  readonly shards: number;
  readonly startedMs: number;
  readonly endedMs: number;
};

/**
 * A window's load, counted by the batch in one go (cold, then warm, on tables that were emptied between), then by the
 * micro-batch path alone.
 */
export type DrainObservations = RunObservations & {
  readonly windowMs: number;
  readonly load: LoadSize;
  readonly eventsPerRecord: number;
  readonly oracleTotals: OracleTotals;
  /** How long sending took, ms. */
  readonly sendMs: number;
  /** Whether every count was exact, the cold batch's too: `correctness` and `coldCorrectness` together. */
  readonly exact: boolean;
  /** Of both paths' tables at the end: the warm batch's and the catch-up's. */
  readonly correctness: Correctness;
  /** Of the first batch's tables, whether it was cold or not. */
  readonly coldCorrectness: PathCorrectness;
  /** Null where the platform had a warm environment and can't be told to end it. */
  readonly cold: BatchMeasurement | null;
  readonly warm: BatchMeasurement;
  readonly catchUp: CatchUpMeasurement;
  readonly mapping: MappingSettings;
  /** Sums of both paths' tables and ledgers at the end: rows written, rows final. */
  readonly totals: Readonly<Record<Path, Totals>>;
  /** Of single-path phases only: both batches, and the catch-up. */
  readonly ledger: Readonly<Record<Path, readonly LedgerRow[]>>;
  readonly initsMs: InitsMs;
};

/** One scheduled batch over everything that was sent, `continues` followed to the end. */
export type BatchMeasurement = {
  /** Whether its first invocation had to start an environment. */
  readonly cold: boolean;
  readonly invocations: number;
  /** From the first call until the last answer, ms, as the caller saw it. */
  readonly durationMs: number;
  /** As the platform reports them, over its invocations; null where it does not report all of them. */
  readonly billedDurationMs: number | null;
  /** INIT of its environments; null for a warm batch, too. */
  readonly initMs: number | null;
  readonly maxMemoryMb: number | null;
  /** Its rows of the ledger: CPU, read wait, database wait, rows written. */
  readonly rows: readonly LedgerRow[];
};

/** The micro-batch path alone on everything that was sent, from its first invocation's start to its last commit. */
export type CatchUpMeasurement = {
  readonly invocations: number;
  readonly durationMs: number;
  readonly eventsPerSecond: number;
  /** From when the mapping was asked for until the first invocation began, ms: Lambda may take minutes. */
  readonly mappingMs: number;
  readonly maxMemoryMb: number | null;
};

/** Invocations of each path alone, of varied size and packing: what the model's coefficients are fitted to. */
export type CalibrationObservations = RunObservations & {
  readonly load: LoadSize;
  readonly correctness: Correctness;
  readonly mapping: MappingSettings;
  /** Without the invocations that warmed the environments up. */
  readonly ledger: Readonly<Record<Path, readonly LedgerRow[]>>;
  readonly initsMs: InitsMs;
};

/** The micro-batch path alone, live, with a mapping that fills its batches for so long. */
export type BatchingWindowObservations = RunObservations & {
  readonly batchingWindowSeconds: number;
  readonly mapping: MappingSettings;
  readonly load: LoadSize;
  /** Length of the load, its tail included. */
  readonly durationMs: number;
  readonly correctness: PathCorrectness;
  readonly path: PathObservations;
  readonly coverage: Coverage;
};

/** @param events those that must be counted: the lines without the malformed ones */
export function toLoadSize(
  sent: readonly Pick<ProducerResult, 'records' | 'bytes' | 'lines'>[],
  events: number,
): LoadSize {
  const sum = (key: 'records' | 'bytes' | 'lines'): number => sent.reduce((total, part) => total + part[key], 0);
  return { events, records: sum('records'), bytes: sum('bytes'), lines: sum('lines') };
}
