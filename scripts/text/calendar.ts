/** 400 Gregorian years, after which the calendar repeats. */
const CYCLE_MS = 146_097 * 86_400_000;

/** 0001-01-02T00:00:00.000Z and 9999-12-31T23:59:59.999Z: the instants that the product counts. */
const EARLIEST_MS = -62_135_510_400_000;
const LATEST_MS = 253_402_300_799_999;

/** A date and time as written, with its zone. */
export type CivilTime = {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Minutes that the zone is ahead of UTC. */
  readonly offsetMinutes: number;
};

/**
 * Epoch milliseconds of a civil time, or null when there is no such date or time (30 February, 24:00, second 60)
 * or the instant lies outside of what is counted.
 */
export function epochMsOf(time: CivilTime): number | null {
  const { year, month, day, hour, minute, second, millisecond, offsetMinutes } = time;
  if (hour > 23 || minute > 59 || second > 59) return null;
  // Date.UTC reads the years 0–99 as 1900–1999, so the sum is done one cycle later.
  // biome-ignore lint/style/noRestrictedGlobals: calendar arithmetic reads no clock
  const midnightMs = Date.UTC(year + 400, month - 1, day);
  // biome-ignore lint/style/noRestrictedGlobals: calendar arithmetic reads no clock
  const date = new Date(midnightMs);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const epochMs = midnightMs - CYCLE_MS + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1_000 + millisecond;
  return epochMs >= EARLIEST_MS && epochMs <= LATEST_MS ? epochMs : null;
}
