import type { QuarantineRow } from '#functions/contract.ts';
import type { Distribution } from '#model/statistics/percentiles.ts';

/** What is told of a path wherever it ran: in the live run, in each repeat of it, at each batching window. */
export type PathFigures = {
  /** Commit − arrival, over events. */
  readonly freshnessMs: Distribution | null;
  /** Commit − intended send time, over events. */
  readonly endToEndMs: Distribution | null;
  /** When the path became final for a window − the window's end, over windows; null for a replay. */
  readonly finalityMs: Distribution | null;
  /** That it counted, by its ledger. */
  readonly events: number;
  /** Invocations on the run's stream that are known of: by the ledger, by the functions' own lines. */
  readonly invocations: number;
  readonly rowsWritten: number;
  readonly rowsFinal: number;
  /** Of the functions' processes, by the ledger. */
  readonly cpuMs: number;
  /** By the platform; null where it reported nothing. */
  readonly billedDurationMs: number | null;
};

/** A path in the live run that is shown in full. */
export type PathReport = PathFigures & {
  /** 101 quantiles of the freshness, from the least to the greatest, ms; empty where nothing was counted. */
  readonly freshnessCdf: readonly number[];
  /** The measured load in ten parts of equal length, by arrival. */
  readonly slices: readonly Slice[];
  /** Windows with counts that had not become final when the run ended. */
  readonly openWindows: number;
  /** Of the invocations, those that the platform reported: what the next five figures are of, null without any. */
  readonly reportedInvocations: number;
  readonly failedInvocations: number | null;
  readonly coldStarts: number | null;
  readonly durationMs: number | null;
  readonly billedDurationMs: number | null;
  readonly maxMemoryMb: number | null;
  /** Why the platform's reports are not complete; null where they are. */
  readonly reportsMissing: string | null;
  /** When invocations of a new environment began, by the ledger, ms since the load's start. */
  readonly coldStartsAtMs: readonly number[];
  /** Statements that committed. */
  readonly commits: number;
  /** From the ledger: waiting for reads and for the database. */
  readonly readWaitMs: number;
  readonly databaseWaitMs: number;
  /** SHA-256 of each table's rows in key order. */
  readonly tables: {
    readonly byHost: { readonly rows: number; readonly digest: string };
    readonly bySource: { readonly rows: number; readonly digest: string };
  };
  readonly quarantine: readonly QuarantineRow[];
};

/** What arrived in one part of the load; an invocation counts in each part by its share of events. */
export type Slice = {
  /** Since the load's start. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly freshnessMs: Distribution | null;
  readonly events: number;
  readonly rowsWritten: number;
  readonly cpuMs: number;
  readonly invocations: number;
};
