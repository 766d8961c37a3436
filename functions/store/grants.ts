import { AGGREGATION_NAMES, AGGREGATIONS } from '../core/aggregations.ts';
import type { Session } from './database.ts';
import { LOCK_SCHEMA } from './migrate.ts';

/**
 * What the role of a counting function may do in its path's schema, no more and no less than this, whatever was granted
 * there before: read, add rows, move counts and checkpoints on. It can take nothing away, and settings are not its to write.
 *
 * @param schema a name made by schema-name.ts
 * @param role a name checked by role-names.ts
 */
export async function grantCounting(session: Session, schema: string, role: string): Promise<void> {
  const table = (name: string): string => `"${schema}".${name}`;
  const moved = [...AGGREGATION_NAMES.map((name) => AGGREGATIONS[name].table), 'shard_checkpoint'].map(table);
  const added = [...moved, ...['quarantine', 'ledger'].map(table)];
  await grantAll(session, schema, [
    `revoke all on schema "${schema}" from "${role}"`,
    `grant usage on schema "${schema}" to "${role}"`,
    `revoke all on all tables in schema "${schema}" from "${role}"`,
    `grant select on all tables in schema "${schema}" to "${role}"`,
    `grant insert on ${added.join(', ')} to "${role}"`,
    `grant update on ${moved.join(', ')} to "${role}"`,
    `revoke execute on all functions in schema "${schema}" from public`,
    `grant execute on all functions in schema "${schema}" to "${role}"`,
  ]);
}

/** Lets a role read everything in a path's schema, and do nothing else there. */
export async function grantReading(session: Session, schema: string, role: string): Promise<void> {
  await grantAll(session, schema, [
    `revoke all on schema "${schema}" from "${role}"`,
    `grant usage on schema "${schema}" to "${role}"`,
    `revoke all on all tables in schema "${schema}" from "${role}"`,
    `grant select on all tables in schema "${schema}" to "${role}"`,
  ]);
}

/** In one transaction, so that nobody is without a right meanwhile; one at a time, or PostgreSQL fails on the same row. */
async function grantAll(session: Session, schema: string, statements: readonly string[]): Promise<void> {
  await session.transaction(async () => {
    await session.query(LOCK_SCHEMA, [schema]);
    for (const text of statements) await session.query({ text });
  });
}
