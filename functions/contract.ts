import type { AggregationName, CountRow } from './core/aggregations.ts';
import type { Path } from './core/paths.ts';
import type { Settings } from './core/settings.ts';
import type { KinesisRecord } from './kinesis-record.ts';
import type { RedriveAnswer, RedriveRequest } from './redrive-request.ts';
import type { CountPage } from './store/read-counts.ts';
import type { LedgerRow } from './store/read-ledger.ts';
import type { QuarantineRow } from './store/read-quarantine.ts';
import type { Progress, Totals } from './store/read-totals.ts';

export { AGGREGATION_NAMES, AGGREGATIONS, type EventKeys, forAggregations, type Key } from './core/aggregations.ts';
export { BOTH_PATHS, forBothPaths, PATH_BY_NAME, PATH_NAMES, PATHS, type PathName } from './core/paths.ts';
export { SETTING_RANGES_MS } from './core/settings.ts';
export type {
  AggregationName,
  CountRow,
  KinesisRecord,
  LedgerRow,
  Path,
  Progress,
  QuarantineRow,
  RedriveAnswer,
  RedriveRequest,
  Settings,
  Totals,
};

/** What the scheduled-batch function takes: a tick of the scheduler, or an explicit cut-off on a stream. */
export type ScheduledBatchRequest =
  | { scheduledTime: string }
  | { stream: string /** Read up to this arrival, exclusive, epoch ms. */; cutOffMs: number };

export type ScheduledBatchAnswer = {
  /** `refused`: another run moved the checkpoints meanwhile; nothing was written. */
  outcome: 'not-due' | 'committed' | 'refused';
  /** Time or memory ran short: what was read, a record at least, is committed, and the next call goes on from there. */
  continues: boolean;
  stream: string;
  cutOffMs: number | null;
  records: number;
  events: number;
};

/** What the schema function takes: everything but a removal migrates, since a deploy sends it what it likes. */
export type SchemaRequest = { remove: true };

/** The schemas that were brought up to date, or dropped. */
export type SchemaAnswer = { schemas: string[] } | { removed: string[] };

/** What each named action of the results function takes; never SQL from outside. */
export type ResultsRequests = {
  prepare: { run: string; stream: string; shardIds: string[]; settings: Settings };
  register: { run: string; stream: string; shardIds: string[] };
  progress: { run: string };
  verify: { run: string };
  /** A run of null, here and below: the deployed stream. */
  counts: { run: string | null; path: Path; aggregation: AggregationName; after: CountRow<AggregationName> | null };
  quarantine: { run: string | null; path: Path; limit: number };
  ledger: { run: string | null; path: Path; afterId: string };
  status: Record<never, never>;
  drop: { run: string };
  runs: Record<never, never>;
};

export type ResultsAnswers = {
  prepare: { schemas: Record<Path, string> };
  register: { registered: number };
  progress: Record<Path, Progress>;
  verify: Record<Path, Totals>;
  counts: CountPage<AggregationName>;
  quarantine: { lines: QuarantineRow[] };
  ledger: { rows: LedgerRow[]; more: boolean };
  /** Of the deployed stream, for each path that is deployed. */
  status: Partial<Record<Path, Status>>;
  drop: { dropped: string[] };
  runs: { runs: string[] };
};

/** How far a path has come, and what its tables, ledger and quarantine sum to. */
export type Status = Progress & Totals;

export type ResultsAction = keyof ResultsRequests;
