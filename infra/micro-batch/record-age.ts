import type { Config } from '../config/config.ts';

/** Highest record age that a mapping accepts. */
const MOST_RECORD_AGE_HOURS = 7 * 24;

/** Age at which the mapping stores a record as failed, hours: one hour before it expires, at most a week. */
export function recordAgeHours({ retention }: Pick<Config, 'retention'>): number {
  return Math.min(retention - 1, MOST_RECORD_AGE_HOURS);
}

/**
 * Age of a record that raises a page, hours: half the retention, at most half a week. The mapping discards records after a
 * week, so a higher age never occurs.
 */
export function pageAgeHours({ retention }: Pick<Config, 'retention'>): number {
  return Math.min(retention, MOST_RECORD_AGE_HOURS) / 2;
}
