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

/** Request to the scheduled-batch function: a tick of the scheduler, or an explicit cut-off for a stream. */
export type ScheduledBatchRequest =
  | { scheduledTime: string }
  | {
      stream: string;
      /** End of the arrivals to read, exclusive, epoch ms. */
      cutOffMs: number;
    };

export type ScheduledBatchAnswer = {
  /** `refused`: another run moved the checkpoints in the meantime, and nothing was written. */
  outcome: 'not-due' | 'committed' | 'refused';
  /** True if time or memory ran short: at least one record is committed, and the next call continues after it. */
  continues: boolean;
  stream: string;
  cutOffMs: number | null;
  records: number;
  events: number;
};

/** Request to the schema function to remove the schemas. Any other request migrates, because a deploy sends its own event. */
export type SchemaRequest = { remove: true };

/** Names of the schemas that were migrated or dropped. */
export type SchemaAnswer = { schemas: string[] } | { removed: string[] };

/** Requests to the results function, by action. No action accepts SQL. */
export type ResultsRequests = {
  prepare: { run: string; stream: string; shardIds: string[]; settings: Settings };
  register: { run: string; stream: string; shardIds: string[] };
  progress: { run: string };
  verify: { run: string };
  /** Here and below, a run of null stands for the deployed stream. */
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
  /** Status of each deployed path for the deployed stream. */
  status: Partial<Record<Path, Status>>;
  drop: { dropped: string[] };
  runs: { runs: string[] };
};

/** Progress of a path, and the totals of its tables, ledger and quarantine. */
export type Status = Progress & Totals;

export type ResultsAction = keyof ResultsRequests;
