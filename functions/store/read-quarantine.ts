import type { Session } from './database.ts';

export type QuarantineRow = {
  shardId: string;
  sequenceNumber: string;
  position: number;
  reason: string;
  expected: string | null;
  nextStep: string | null;
  /** Base64 of the line's first bytes. */
  head: string;
};

/** The first lines that were set aside, in the stream's order, each with what was expected instead. */
export function readQuarantine(session: Session, limit: number): Promise<QuarantineRow[]> {
  return session.query<QuarantineRow>(READ_QUARANTINE, [limit]);
}

/** The first quarantined lines, with what was expected of them. */
const READ_QUARANTINE = {
  text: `
select
  shard_id as "shardId",
  sequence_number::text as "sequenceNumber",
  position,
  reason,
  expected,
  next_step as "nextStep",
  encode(substring(bytes from 1 for 200), 'base64') as head
from quarantine_explained
order by shard_id, quarantine_explained.sequence_number, position
limit $1::int`,
};
