import type { QuarantineRow, Settings } from '../../functions/contract.ts';
import type { UnparsedLine } from '../load/replay-summary.ts';
import type { Kill } from '../run/chaos.ts';
import type { MappingSettings } from '../run/run-mapping.ts';
import type { Distribution } from '../stats/percentiles.ts';
import type { Place } from '../targets/target.ts';
import type { Correctness } from '../verify/correctness.ts';

/** Raised when a field changes its meaning or goes; docs/report.md describes every field. */
export const SCHEMA_VERSION = 2;

/** What report.json holds. Times are ISO 8601 in UTC, durations ms, memory MB; every figure is measured at `target`. */
export type Report = {
  schemaVersion: typeof SCHEMA_VERSION;
  tidemarkVersion: string;
  experiment: 'live' | 'replay';
  target: Place;
  run: { id: string; startedAt: string; endedAt: string; durationMs: number };
  machine: { cpus: number; memoryMb: number; platform: string; node: string };
  settings: Settings;
  stream: { shards: number; mapping: MappingSettings };
  load: LoadReport;
  correctness: Correctness;
  paths: { microBatch: PathReport; scheduledBatch: PathReport };
  faults: Kill[];
  /** Null: dropped with the run. */
  schemas: { microBatch: string | null; scheduledBatch: string | null };
};

export type LoadReport = {
  /** The options that shaped it. */
  options: Record<string, unknown>;
  records: number;
  lines: number;
  events: number;
  bytes: number;
  windows: number;
  retriedEntries: number;
  /** How late records were sent behind their intended time: the load's own lag. */
  sendLagMs: Distribution | null;
  /** Null for a generated load. */
  input: null | {
    format: string | null;
    linesRead: number;
    blankLines: number;
    unparsed: { count: number; examples: UnparsedLine[] };
  };
};

export type PathReport = {
  /** Commit − arrival, over events. */
  freshnessMs: Distribution | null;
  /** Commit − intended send time, over events. */
  endToEndMs: Distribution | null;
  /** When the path became final for a window − the window's end, over windows; null for a replay. */
  finalityMs: Distribution | null;
  /** Windows with counts that had not become final when the run ended. */
  openWindows: number;
  /** Invocations on the run's stream that are known of: by the ledger, by the functions' own lines. */
  invocations: number;
  /** Of these, the ones that the platform reported: what the next five figures are of, which are null without any. */
  reportedInvocations: number;
  failedInvocations: number | null;
  coldStarts: number | null;
  durationMs: number | null;
  billedDurationMs: number | null;
  maxMemoryMb: number | null;
  /** Why the platform's reports are not complete; null where they are. */
  reportsMissing: string | null;
  /** Statements that committed. */
  commits: number;
  rowsWritten: number;
  rowsFinal: number;
  /** From the ledger: CPU, waiting for reads and waiting for the database, ms. */
  cpuMs: number;
  readWaitMs: number;
  databaseWaitMs: number;
  /** SHA-256 of each table's rows in key order. */
  tables: { byHost: { rows: number; digest: string }; bySource: { rows: number; digest: string } };
  quarantine: QuarantineRow[];
};
