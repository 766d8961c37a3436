/** What a shard allows its readers, all of them together. */
export const READS_PER_SECOND = 5;
export const READ_BYTES_PER_SECOND = 2 * 1024 * 1024;
/** The most that one GetRecords answer holds. */
export const PAGE_BYTES = 10 * 1024 * 1024;

/**
 * One shard's recent reads: when they were made, and when its throughput has paid for their bytes.
 * More than a second's worth of bytes closes the shard until all of it is paid; less leaves it open.
 */
export type ReadHistory = { readsMs: readonly number[]; paidAtMs: number; closed: boolean };

export const NO_READS: ReadHistory = { readsMs: [], paidAtMs: 0, closed: false };

/** Whether the shard answers a read now. A refused read does not count. */
export function mayRead(history: ReadHistory, nowMs: number): boolean {
  const isClosed = history.closed && nowMs < history.paidAtMs;
  return !isClosed && readsInLastSecond(history, nowMs).length < READS_PER_SECOND;
}

/** The history after an answered read: 10 MB close the shard for 5 seconds. */
export function afterRead(history: ReadHistory, sizeBytes: number, nowMs: number): ReadHistory {
  const owedMs = Math.max(0, history.paidAtMs - nowMs) + (sizeBytes / READ_BYTES_PER_SECOND) * 1000;
  return {
    readsMs: [...readsInLastSecond(history, nowMs), nowMs],
    paidAtMs: nowMs + owedMs,
    closed: owedMs > 1000,
  };
}

function readsInLastSecond(history: ReadHistory, nowMs: number): number[] {
  return history.readsMs.filter((readMs) => readMs > nowMs - 1000);
}
