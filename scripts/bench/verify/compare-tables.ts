import { createHash } from 'node:crypto';
import type { CountRow, Path, SourceRow } from '#functions/contract.ts';
import type { Oracle } from '../load/oracle.ts';
import { readCounts, readCountsBySource } from '../targets/results.ts';
import type { Target } from '../targets/target.ts';
import type { Difference, PathComparison, TableComparison } from './correctness.ts';

/**
 * Holds both tables of a path, row by row, against the load's own count.
 *
 * @throws the signal's reason once that has come
 */
export async function comparePath(
  target: Target,
  run: string,
  path: Path,
  { tables, signal }: { tables: SentTables; signal: AbortSignal },
): Promise<PathComparison> {
  return {
    byHost: await compareTable(unlessAborted(readCounts(target, run, path), signal), tables.byHost, hostKey),
    bySource: await compareTable(
      unlessAborted(readCountsBySource(target, run, path), signal),
      tables.bySource,
      sourceKey,
    ),
  };
}

async function* unlessAborted<Row>(rows: AsyncIterable<Row>, signal: AbortSignal): AsyncGenerator<Row> {
  for await (const row of rows) {
    signal.throwIfAborted();
    yield row;
  }
}

/** The load's own count as the tables should be: key → hits. */
export type SentTables = { byHost: Map<string, number>; bySource: Map<string, number> };

export function sentTables(oracle: Oracle): SentTables {
  const byHost = new Map<string, number>();
  const bySource = new Map<string, number>();
  for (const row of oracle.hostRows()) byHost.set(hostKey(row), row.hits);
  for (const row of oracle.sourceRows()) bySource.set(sourceKey(row), row.hits);
  return { byHost, bySource };
}

const MAX_EXAMPLES = 10;

export async function compareTable<Row extends { hits: string }>(
  rows: AsyncIterable<Row>,
  sent: ReadonlyMap<string, number>,
  keyOf: (row: Row) => string,
): Promise<TableComparison> {
  const hash = createHash('sha256');
  const seen = new Set<string>();
  const examples: Difference[] = [];
  let missing = 0n;
  let surplus = 0n;
  const note = (key: string, expected: number, counted: bigint): void => {
    const difference = counted - BigInt(expected);
    if (difference > 0n) surplus += difference;
    else missing -= difference;
    if (difference !== 0n && examples.length < MAX_EXAMPLES)
      examples.push({ key, sent: expected, counted: String(counted) });
  };
  for await (const row of rows) {
    const key = keyOf(row);
    hash.update(`${key}\t${row.hits}\n`);
    if (seen.has(key)) throw new Error(`The table has two rows of ${key}: its key is broken`);
    seen.add(key);
    note(key, sent.get(key) ?? 0, BigInt(row.hits));
  }
  for (const [key, hits] of sent) if (!seen.has(key)) note(key, hits, 0n);
  return { missing: Number(missing), surplus: Number(surplus), rows: seen.size, digest: hash.digest('hex'), examples };
}

/** JSON, so that no host can look like another key's end. */
function hostKey({ windowStartMs, host }: Omit<CountRow, 'hits'>): string {
  return JSON.stringify([windowStartMs, host]);
}

function sourceKey({ windowStartMs, host, referrer }: Omit<SourceRow, 'hits'>): string {
  return JSON.stringify([windowStartMs, host, referrer]);
}
