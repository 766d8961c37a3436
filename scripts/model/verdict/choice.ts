import type { Limit } from '../limits/limit.ts';
import type { PathName } from '../path-name.ts';

/** What an invocation's time depends on, each in its own way. */
export const EXTRAPOLATED = ['events', 'records', 'rows'] as const;
export type Extrapolated = (typeof EXTRAPOLATED)[number];

/** One path with one setting, at one window: what it costs if it is deployed alone, and what it gives. */
export type Choice = {
  readonly path: PathName;
  readonly windowSeconds: number;
  /** Null for the scheduled batch. */
  readonly batchingWindowSeconds: number | null;
  /** Records in a micro-batch at most; null for the scheduled batch. */
  readonly batchSize: number | null;
  /** After which a shard has filled a batch, s, whatever the batching window; null for the scheduled batch, or while nothing comes. */
  readonly fullAfterSeconds: number | null;
  /** How often the scheduled batch runs; null for micro-batches. */
  readonly batchIntervalSeconds: number | null;
  /** USD a month: shared + fixed + variable, of which fixed and variable are the path's alone. */
  readonly costUsd: number;
  readonly sharedUsd: number;
  readonly fixedUsd: number;
  readonly variableUsd: number;
  /** Share of the time that the database is awake, 0–1. */
  readonly awakeShare: number;
  readonly freshnessSeconds: number;
  readonly finalitySeconds: number;
  /** What the scenario's reader waits: freshness, or finality. */
  readonly delaySeconds: number;
  /** Cost + value of freshness × delay in minutes. */
  readonly objectiveUsd: number;
  /** 1: each row once. */
  readonly rowsWrittenPerFinalRow: number;
  /** Keys that one invocation holds in memory at most. */
  readonly heldKeys: number;
  /** Ticks that make nothing due among them. */
  readonly invocationsPerMonth: number;
  /** Of those that count. */
  readonly eventsPerInvocation: number;
  readonly recordsPerInvocation: number;
  readonly rowsPerInvocation: number;
  /** Events, records or rows of an invocation beside the most that was fitted, the greatest of them; 1: within, or nothing was fitted. */
  readonly extrapolation: number;
  /** Which of them it is; null: within. */
  readonly extrapolatedIn: Extrapolated | null;
  readonly shards: number;
  /** Of each of its functions. */
  readonly memoryMb: number;
  /** Whether that is more than is deployed, which would not do. */
  readonly memoryRaised: boolean;
  readonly limits: readonly Limit[];
  readonly possible: boolean;
};
