import { createHash } from 'node:crypto';
import {
  AGGREGATION_NAMES,
  AGGREGATIONS,
  type AggregationName,
  forAggregations,
  type Key,
  type Path,
} from '#functions/contract.ts';
import type { Oracle } from '../load/oracle.ts';
import { readCounts } from '../targets/results.ts';
import type { Target } from '../targets/target.ts';
import type { Difference, PathComparison, TableComparison } from './correctness.ts';

/**
 * Compares every table of a path, row by row, with the load's own count.
 *
 * @throws the signal's reason once it is aborted
 */
export async function comparePath(
  target: Target,
  run: string,
  path: Path,
  { tables, signal }: { tables: SentTables; signal: AbortSignal },
): Promise<PathComparison> {
  const compared: [AggregationName, TableComparison][] = [];
  for (const name of AGGREGATION_NAMES) {
    const rows = unlessAborted(readCounts(target, run, path, name), signal);
    compared.push([name, await compareTable(rows, tables[name], keyOf(name))]);
  }
  return Object.fromEntries(compared) as PathComparison;
}

async function* unlessAborted<Row>(rows: AsyncIterable<Row>, signal: AbortSignal): AsyncGenerator<Row> {
  for await (const row of rows) {
    signal.throwIfAborted();
    yield row;
  }
}

/** The load's own count as the tables should be: key → hits. */
export type SentTables = Record<AggregationName, Map<string, number>>;

export function sentTables(oracle: Oracle): SentTables {
  return forAggregations((name) => {
    const key = keyOf(name);
    return new Map(Array.from(oracle.rows(name), (row) => [key(row), row.hits]));
  });
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

/** A row's window and keys as JSON, so that no key can look like another key's end. */
function keyOf(name: AggregationName): (row: { readonly windowStartMs: number }) => string {
  const keys: readonly Key[] = AGGREGATIONS[name].keys;
  return (row) => JSON.stringify([row.windowStartMs, ...keys.map((key) => (row as Record<string, unknown>)[key])]);
}
