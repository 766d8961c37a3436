import { epochMsOf } from '#text/calendar.ts';

/** The access-log formats that are read. */
export type AccessLogFormat = 'combined' | 'vhost_combined';

/** One request. Texts are exactly as the log has them, backslash escapes included. */
export type AccessLogEntry = {
  /** Client address, or its name where the server looked it up. */
  readonly ip: string;
  /** ISO 8601 with the log's own zone offset, to the second. */
  readonly eventTime: string;
  readonly eventTimeMs: number;
  /** null for the log's `-`; a referrer that was sent empty is ''. */
  readonly referrer: string | null;
  /** The virtual host without its port; null in a combined log. */
  readonly virtualHost: string | null;
  /** The request target, or the whole request field where that is no HTTP request line. */
  readonly url: string;
  readonly userAgent: string;
};

/** The entry of a line, or the reason why the line can't be read. */
export type AccessLogResult =
  | { readonly ok: true; readonly entry: AccessLogEntry }
  | { readonly ok: false; readonly reason: string };

/** The fields of a line before its time. */
type Client = { readonly virtualHost: string | null; readonly ip: string; readonly timeAt: number };

/**
 * Parses one line (without its line ending) of an access log:
 * combined `%h %l %u [%t] "%r" %>s %b "%{Referer}i" "%{User-Agent}i"`, vhost_combined the same after `%v:%p `.
 * Further fields after the user agent, as nginx often has, are skipped. The line is scanned once from left to right,
 * so that a hostile line cannot make it slow.
 */
export function parseAccessLogLine(line: string, format: AccessLogFormat): AccessLogResult {
  const client = format === 'combined' ? readClient(line) : readVirtualHostClient(line);
  if (typeof client === 'string') return refuse(client);

  const timeEnd = line.indexOf(']', client.timeAt);
  if (timeEnd < 0) return refuse('the time has no closing bracket');
  const time = parseAccessLogTime(line.slice(client.timeAt, timeEnd));
  if (typeof time === 'string') return refuse(time);

  const request = readQuoted(line, timeEnd + 1);
  if (request === null) return refuse('the request is not a complete quoted field');

  const numbers = /^ (?:\d{3}|-) (?:\d{1,20}|-)(?= |$)/.exec(line.slice(request.end, request.end + 32));
  if (numbers === null) return refuse('no status and size after the request');
  const referrer = readQuoted(line, request.end + numbers[0].length);
  if (referrer === null) return refuse('the referrer is not a complete quoted field');
  const userAgent = readQuoted(line, referrer.end);
  if (userAgent === null) return refuse('the user agent is not a complete quoted field');
  if (userAgent.end < line.length && line[userAgent.end] !== ' ') return refuse('text right after the user agent');

  return {
    ok: true,
    entry: {
      ip: client.ip,
      eventTime: time.iso,
      eventTimeMs: time.epochMs,
      referrer: referrer.text === '-' ? null : referrer.text,
      virtualHost: client.virtualHost,
      url: /^[A-Za-z_-]+ (\S+) HTTP\/\d/.exec(request.text)?.[1] ?? request.text,
      userAgent: userAgent.text,
    },
  };
}

function refuse(reason: string): AccessLogResult {
  return { ok: false, reason };
}

/** `%h %l %u [`; the user may hold spaces, so it ends where the bracket of the time begins. */
function readClient(line: string): Client | string {
  const ipEnd = line.indexOf(' ');
  const identEnd = line.indexOf(' ', ipEnd + 1);
  const bracket = line.indexOf(' [', identEnd + 1);
  if (ipEnd < 1 || identEnd < 0 || bracket < 0) return 'no client address, identity, user and [time] at its start';
  const user = line.slice(identEnd + 1, bracket);
  if (user.includes(' ') && typeof readVirtualHostClient(line) !== 'string') {
    return 'a virtual host comes first: this is vhost_combined';
  }
  return { virtualHost: null, ip: line.slice(0, ipEnd), timeAt: bracket + 2 };
}

/** `%v:%p %h %l %u [`; the last colon begins the port, so an IPv6 host keeps its own. */
function readVirtualHostClient(line: string): Client | string {
  const hostEnd = line.indexOf(' ');
  const virtualHost = /^(.+):\d{1,5}$/.exec(line.slice(0, Math.max(hostEnd, 0)))?.[1];
  if (virtualHost === undefined) return 'no virtual host with a port at its start';
  const ipEnd = line.indexOf(' ', hostEnd + 1);
  const identEnd = line.indexOf(' ', ipEnd + 1);
  const bracket = line.indexOf(' [', identEnd + 1);
  const ip = line.slice(hostEnd + 1, ipEnd);
  // An address `-` is the identity of a combined line whose IPv6 client, say 2001:db8::1, reads like %v:%p.
  if (ipEnd < 0 || identEnd < 0 || bracket < 0 || ip === '' || ip === '-') {
    return 'no client address, identity, user and [time] after the virtual host';
  }
  return { virtualHost, ip, timeAt: bracket + 2 };
}

/** Reads ` "…"` at `from`, in which a backslash takes the next character with it; null when it is not closed. */
function readQuoted(line: string, from: number): { readonly text: string; readonly end: number } | null {
  if (line[from] !== ' ' || line[from + 1] !== '"') return null;
  for (let index = from + 2; index < line.length; index += 1) {
    if (line[index] === '\\') index += 1;
    else if (line[index] === '"') return { text: line.slice(from + 2, index), end: index + 1 };
  }
  return null;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TIME_PATTERN = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?: ([+-])(\d\d)(\d\d))?$/;

/** A time of the log; `iso` is ISO 8601 with the log's own zone offset. */
type AccessLogTime = { readonly iso: string; readonly epochMs: number };

/**
 * Parses `17/May/2015:10:05:03 +0000` (without the brackets), against the calendar.
 * @returns the time, or the reason why the text is no time
 */
function parseAccessLogTime(text: string): AccessLogTime | string {
  const match = TIME_PATTERN.exec(text);
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
