import type { Config } from '../config/config.ts';

/** What a mapping takes. */
const MOST_RECORD_AGE_HOURS = 7 * 24;

/** Hours after which the mapping stores a record with the failed batches: an hour before it expires, or after a week. */
export function recordAgeHours({ retention }: Pick<Config, 'retention'>): number {
  return Math.min(retention - 1, MOST_RECORD_AGE_HOURS);
}

/**
 * Hours that a record may wait before somebody has to know: half the retention. Beyond a week of it, half the week that a record
 * waits at all: half the retention may be more than any record's age ever is.
 */
export function pageAgeHours({ retention }: Pick<Config, 'retention'>): number {
  return Math.min(retention, MOST_RECORD_AGE_HOURS) / 2;
}
