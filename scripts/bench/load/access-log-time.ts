import { epochMsOf } from '#text/calendar.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const pattern = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?: ([+-])(\d\d)(\d\d))?$/;

/** A log's time as an ISO 8601 text that keeps the log's zone offset. */
export type AccessLogTime = { readonly iso: string; readonly epochMs: number };

/**
 * Parses `17/May/2015:10:05:03 +0000` (without the brackets), against the calendar.
 * @returns the time, or the reason why it is none
 */
export function parseAccessLogTime(text: string): AccessLogTime | string {
  const match = pattern.exec(text);
  if (match === null) return 'the time does not read dd/Mon/yyyy:hh:mm:ss ±hhmm';
  const [, day = '', monthName = '', year = '', hour = '', minute = '', second = ''] = match;
  const [sign, zoneHour = '', zoneMinute = ''] = match.slice(7);
  if (sign === undefined) return 'the time has no zone offset';
  const month = MONTHS.indexOf(monthName) + 1;
  const zoneMinutes = Number(zoneHour) * 60 + Number(zoneMinute);
  const isZone = Number(zoneHour) <= 23 && Number(zoneMinute) <= 59;
  const epochMs = epochMsOf({
    year: Number(year),
    month,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: 0,
    offsetMinutes: sign === '-' ? -zoneMinutes : zoneMinutes,
  });
  if (month === 0 || !isZone || epochMs === null) return 'no such date, time or zone';
  const monthText = String(month).padStart(2, '0');
  return { iso: `${year}-${monthText}-${day}T${hour}:${minute}:${second}${sign}${zoneHour}:${zoneMinute}`, epochMs };
}
