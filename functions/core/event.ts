import { Buffer } from 'node:buffer';

import { EARLIEST_EVENT_TIME_MS, LATEST_EVENT_TIME_MS, parseEventTime } from './event-time.ts';
import { MAX_KEY_BYTES, type QuarantineReason } from './quarantine.ts';

/** What is counted of an event. One object is filled again and again, so that decoding allocates nothing beside the JSON. */
export type Event = { eventTimeMs: number; host: string; referrer: string | null };

/**
 * Reads one line of JSON into `event`.
 *
 * @returns null where the event can be counted, else why not (then `event` holds nothing of use)
 */
export function decodeEvent(line: string, event: Event): QuarantineReason | null {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return 'invalid_json';
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return 'not_an_object';
  const { event_time: eventTime, host, referrer } = fields as Record<string, unknown>;

  if (eventTime === undefined || eventTime === null) return 'missing_event_time';
  if (typeof eventTime !== 'string') return 'invalid_event_time';
  const eventTimeMs = parseEventTime(eventTime);
  if (Number.isNaN(eventTimeMs)) return 'invalid_event_time';
  if (eventTimeMs < EARLIEST_EVENT_TIME_MS || eventTimeMs > LATEST_EVENT_TIME_MS) return 'event_time_out_of_range';

  if (host === undefined || host === null) return 'missing_host';
  if (typeof host !== 'string') return 'invalid_host';
  if (isTooLong(host)) return 'host_too_long';
  if (!isStorable(host)) return 'host_not_storable';

  if (referrer !== undefined && referrer !== null) {
    if (typeof referrer !== 'string') return 'invalid_referrer';
    if (isTooLong(referrer)) return 'referrer_too_long';
    if (!isStorable(referrer)) return 'referrer_not_storable';
  }

  event.eventTimeMs = eventTimeMs;
  event.host = host;
  event.referrer = referrer ?? null;
  return null;
}

function isTooLong(key: string): boolean {
  return key.length * 3 > MAX_KEY_BYTES && Buffer.byteLength(key) > MAX_KEY_BYTES;
}

/** PostgreSQL refuses NUL, and two different lone surrogates become one key in UTF-8: such a batch would fail for ever. */
function isStorable(key: string): boolean {
  return !key.includes('\0') && key.isWellFormed();
}
