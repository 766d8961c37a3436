import { Buffer } from 'node:buffer';

import { type EventKeys, KEY_NAMES, KEYS, type Key, type RequiredKey } from './aggregations.ts';
import { EARLIEST_EVENT_TIME_MS, LATEST_EVENT_TIME_MS, parseEventTime } from './event-time.ts';
import { MAX_KEY_BYTES, type QuarantineReason } from './quarantine.ts';

/** The fields of an event that are counted. One object is reused for all events, so that only JSON.parse allocates. */
export type Event = { eventTimeMs: number } & EventKeys;

export function createEvent(): Event {
  return { eventTimeMs: 0, ...Object.fromEntries(KEY_NAMES.map((key) => [key, ''])) } as Event;
}

/** Each key's reasons for quarantine, built once instead of per event. `missing` is null if the key is optional. */
const FIELDS = KEY_NAMES.map((name) => ({
  name: name as Extract<Key, 'referrer'>, // the widest type: text or null
  missing: KEYS[name].nullable ? null : (`missing_${name as RequiredKey}` as const),
  invalid: `invalid_${name}` as const,
  tooLong: `${name}_too_long` as const,
  notStorable: `${name}_not_storable` as const,
}));

/**
 * Reads one line of JSON into `event`.
 *
 * @returns null if the event can be counted, otherwise the reason for quarantine; `event` is then only partly filled
 */
export function decodeEvent(line: string, event: Event): QuarantineReason | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return 'invalid_json';
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'not_an_object';
  const fields = parsed as Record<string, unknown>;
  const eventTime = fields.event_time;

  if (eventTime === undefined || eventTime === null) return 'missing_event_time';
  if (typeof eventTime !== 'string') return 'invalid_event_time';
  const eventTimeMs = parseEventTime(eventTime);
  if (Number.isNaN(eventTimeMs)) return 'invalid_event_time';
  if (eventTimeMs < EARLIEST_EVENT_TIME_MS || eventTimeMs > LATEST_EVENT_TIME_MS) return 'event_time_out_of_range';

  for (const key of FIELDS) {
    const value = fields[key.name];
    if (value === undefined || value === null) {
      if (key.missing !== null) return key.missing;
      event[key.name] = null;
      continue;
    }
    if (typeof value !== 'string') return key.invalid;
    if (isTooLong(value)) return key.tooLong;
    if (!isStorable(value)) return key.notStorable;
    event[key.name] = value;
  }
  event.eventTimeMs = eventTimeMs;
  return null;
}

function isTooLong(key: string): boolean {
  return key.length * 3 > MAX_KEY_BYTES && Buffer.byteLength(key) > MAX_KEY_BYTES;
}

/** PostgreSQL refuses NUL. UTF-8 makes all lone surrogates the same character, so two keys of a batch could collide. */
function isStorable(key: string): boolean {
  return !key.includes('\0') && key.isWellFormed();
}
