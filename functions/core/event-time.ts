const MS_PER_DAY = 86_400_000;

/**
 * Range of event times that are counted. It starts a day inside PostgreSQL's years 1 to 9999, so window starts are
 * valid too.
 */
export const EARLIEST_EVENT_TIME_MS = -62_135_510_400_000; // 0001-01-02T00:00:00.000Z
export const LATEST_EVENT_TIME_MS = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z

/**
 * Reads an ISO 8601 date and time in the extended format: `YYYY-MM-DD`, then `T`, `t` or a space, then `hh:mm`,
 * optionally `:ss` and a fraction of any number of digits (cut to milliseconds), then `Z`, `z`, `±hh`, `±hhmm`,
 * `±hh:mm` or nothing, which means UTC.
 *
 * `Date.parse` is too lenient: it reads `host-7` as a day in 2001, 30 February as 2 March and a missing zone as local
 * time.
 *
 * @returns epoch milliseconds, or NaN if the text has another format or names a day or hour that does not exist
 */
export function parseEventTime(text: string): number {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const separator = text.charCodeAt(10);
  if (
    text.charCodeAt(4) !== DASH ||
    text.charCodeAt(7) !== DASH ||
    (separator !== UPPER_T && separator !== LOWER_T && separator !== SPACE) ||
    text.charCodeAt(13) !== COLON ||
    !(month >= 1 && month <= 12) ||
    !(day >= 1 && day <= daysInMonth(year, month)) ||
    !(hour <= 23) ||
    !(minute <= 59)
  ) {
    return Number.NaN;
  }

  let at = 16;
  let second = 0;
  let millisecond = 0;
  if (text.charCodeAt(at) === COLON) {
    second = digits(text, at + 1, 2);
    if (!(second <= 59)) return Number.NaN;
    at += 3;
    const mark = text.charCodeAt(at);
    if (mark === POINT || mark === COMMA) {
      const from = ++at;
      for (let scale = 100; isDigit(text.charCodeAt(at)); at++, scale = Math.floor(scale / 10)) {
        millisecond += (text.charCodeAt(at) - ZERO) * scale;
      }
      if (at === from) return Number.NaN;
    }
  }

  const offsetMinutes = zoneOffsetMinutes(text, at);
  return (
    daysFromEpoch(year, month, day) * MS_PER_DAY +
    ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000 +
    millisecond
  );
}

const ZERO = 48;
const SPACE = 32;
const PLUS = 43;
const COMMA = 44;
const DASH = 45;
const POINT = 46;
const COLON = 58;
const UPPER_T = 84;
const LOWER_T = 116;
const UPPER_Z = 90;
const LOWER_Z = 122;

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9;
}

/**
 * Reads `count` digits at `from` as a number, or returns NaN. Callers rely on every comparison with NaN being false.
 */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return Number.NaN;
    value = value * 10 + code - ZERO;
  }
  return value;
}

/** Reads the zone from `at` to the end of the text as minutes east of UTC; NaN if it is no zone. */
function zoneOffsetMinutes(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (at === text.length) return 0;
  if (sign === UPPER_Z || sign === LOWER_Z) return at + 1 === text.length ? 0 : Number.NaN;
  if (sign !== PLUS && sign !== DASH) return Number.NaN;
  const hours = digits(text, at + 1, 2);
  let minutes = 0;
  let end = at + 3;
  if (end < text.length) {
    if (text.charCodeAt(end) === COLON) end++;
    minutes = digits(text, end, 2);
    end += 2;
  }
  if (end !== text.length || !(hours <= 23) || !(minutes <= 59)) return Number.NaN;
  return (sign === DASH ? -1 : 1) * (hours * 60 + minutes);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
function daysFromEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
