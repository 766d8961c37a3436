import type { NotMeasured } from '#bench/experiments/phases/plan-phases.ts';
import type { UnparsedLine } from '#bench/load/replay-summary.ts';
import type { Kill } from '#bench/run/chaos.ts';
import type { TimelinePoint } from '#bench/run/timeline.ts';
import type { MappingSettings } from '#bench/run-settings.ts';
import type { Place } from '#bench/targets/target.ts';
import type { Correctness } from '#bench/verify/correctness.ts';
import type { Settings } from '#functions/contract.ts';
import type { PriceTable } from '#model/prices/price-table.ts';
import type { Distribution } from '#model/statistics/percentiles.ts';
import type { RuleRow } from '#model/verdict/engines/test-rule.ts';
import type { Scenario } from '#model/verdict/scenario.ts';
import type { SensitivityRow } from '#model/verdict/sensitivity.ts';
import type { RunCost } from '../run-cost/run-cost.ts';
import type { ModelReport } from './model-report.ts';
import type { PathReport } from './path-report.ts';
import type { BatchingWindowReport, CalibrationReport, DrainReport, RepeatReport, RunReport } from './phase-reports.ts';
import type { RegimeVerdict, VerdictReport } from './verdict-report.ts';

export type { ModelReport } from './model-report.ts';
export type { PathFigures, PathReport, Slice } from './path-report.ts';
export type {
  BatchingWindowReport,
  BatchReport,
  CalibrationReport,
  CatchUpReport,
  DrainReport,
  RepeatReport,
  RunReport,
} from './phase-reports.ts';
export type { RegimeVerdict, VerdictReport, WindowReport } from './verdict-report.ts';

/** Raised when a field changes its meaning or goes; docs/report.md describes every field. */
export const SCHEMA_VERSION = 3;

/**
 * What report.json holds. Times are ISO 8601 in UTC, durations ms unless the name says seconds, memory MB. Everything down to
 * `batchingWindows` is measured at `target`, but for what is named `predicted`; everything from `model` on is modelled.
 */
export type Report = {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  /** SHA-256 in hex over the canonical JSON of all other fields: what was changed by hand is found. */
  readonly digest: string;
  readonly tidemarkVersion: string;
  readonly experiment: 'live' | 'replay';
  /** False: the benchmark was interrupted before all of it was measured. */
  readonly complete: boolean;
  /** What was asked for and is not there. */
  readonly notMeasured: readonly NotMeasured[];
  /** Whether everything that was measured was counted exactly: every live run, calibration, drain and batching window. */
  readonly exact: boolean;
  /** What to know before the figures are used. */
  readonly warnings: readonly string[];
  readonly target: Place;
  readonly run: RunReport;
  readonly machine: {
    readonly cpus: number;
    readonly memoryMb: number;
    readonly platform: string;
    readonly node: string;
  };
  readonly settings: Settings;
  readonly stream: { readonly shards: number; readonly mapping: MappingSettings };
  readonly load: LoadReport;
  readonly correctness: Correctness;
  readonly paths: { readonly microBatch: PathReport; readonly scheduledBatch: PathReport };
  readonly timeline: readonly TimelinePoint[];
  readonly faults: readonly Kill[];
  /** Null: dropped with the run. */
  readonly schemas: { readonly microBatch: string | null; readonly scheduledBatch: string | null };
  /** Every live run, the one above first. */
  readonly repeats: readonly RepeatReport[];
  /** Null where none was run. */
  readonly calibration: CalibrationReport | null;
  /** By rising window. */
  readonly drains: readonly DrainReport[];
  /** By rising batching window. */
  readonly batchingWindows: readonly BatchingWindowReport[];
  readonly model: ModelReport;
  readonly prices: {
    /** Null where the prices are of several regions. */
    readonly region: string | null;
    /** False: from `--prices`. */
    readonly builtIn: boolean;
    readonly table: PriceTable;
  };
  /** What the verdict is about. */
  readonly scenario: Scenario;
  /** Where its rate and keys come from, in words. */
  readonly scenarioSource: { readonly rate: string; readonly keys: string };
  readonly verdict: VerdictReport;
  /** The same for each reader in each regime of the database. */
  readonly verdicts: readonly RegimeVerdict[];
  readonly sensitivity: readonly SensitivityRow[];
  /** The rule of one hour under several sets of assumptions. */
  readonly rule: readonly RuleRow[];
  /** What this run would cost, or did, on AWS; an estimate. */
  readonly runCost: RunCost;
};

export type LoadReport = {
  /** The options that shaped it. */
  readonly options: Readonly<Record<string, unknown>>;
  /** When its first record was due. */
  readonly startedAt: string;
  /** Length of its measured part, without the tail that closes the last window; of a replay from first to last arrival. */
  readonly measuredMs: number;
  readonly records: number;
  readonly lines: number;
  readonly events: number;
  readonly bytes: number;
  /** Of these, `earlierWindows` began before the load: late events fill them, and no finality is told of them. */
  readonly windows: number;
  readonly earlierWindows: number;
  readonly retriedEntries: number;
  /** How late records were sent behind their intended time: the load's own lag. */
  readonly sendLagMs: Distribution | null;
  /** Null for a generated load. */
  readonly input: null | {
    readonly format: string | null;
    readonly linesRead: number;
    readonly blankLines: number;
    readonly unparsed: { readonly count: number; readonly examples: readonly UnparsedLine[] };
  };
};
