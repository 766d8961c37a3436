import { epochMsOf } from './calendar.ts';

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:([Zz])|([+-])(\d\d)(?::?(\d\d))?)?$/;

/**
 * Reads an event time as SPEC.md allows it: `YYYY-MM-DD`, T or t or a space, `hh:mm[:ss[.fraction]]`, then Z, ±hh,
 * ±hhmm, ±hh:mm or nothing (UTC). Fractions are cut to milliseconds.
 * Written apart from the functions' decoder on purpose: the oracle must not share its mistakes.
 * @returns epoch milliseconds, or null when the text is no such time.
 */
export function parseIsoTime(text: string): number | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = '0', fraction = '', , sign, zoneHour = '0', zoneMinute = '0'] =
    match;
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59) return null;
  const zoneMinutes = Number(zoneHour) * 60 + Number(zoneMinute);
  return epochMsOf({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.slice(0, 3).padEnd(3, '0')),
    offsetMinutes: sign === '-' ? -zoneMinutes : zoneMinutes,
  });
}
