import type { Session } from './database.ts';

export type QuarantineRow = {
  shardId: string;
  sequenceNumber: string;
  position: number;
  reason: string;
  expected: string | null;
  nextStep: string | null;
  /** The line's first 200 bytes, in base64. */
  head: string;
};

/** Reads the first quarantined lines, in the order of the stream. */
export function readQuarantine(session: Session, limit: number): Promise<QuarantineRow[]> {
  return session.query<QuarantineRow>(READ_QUARANTINE, [limit]);
}

/** Reads the first quarantined lines with the expected input of each. */
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
