import { parseIsoTime } from '#text/iso-time.ts';
import type { LoadEvent } from './line.ts';

/** The longest host or referrer that is counted, in UTF-8 bytes. */
export const MAX_KEY_BYTES = 1_024;

// The decoder keeps a byte order mark, so that JSON.parse refuses it: it is no JSON.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Judges one NDJSON line by the rules of SPEC.md alone.
 * @param latestEventTimeMs the greatest event time that is not too far ahead of the line's arrival, epoch ms
 * @returns the event that must be counted, or null when the line must be quarantined
 */
export function expectFromJson(line: Uint8Array, latestEventTimeMs: number): LoadEvent | null {
  const fields = parseObject(line);
  if (fields === null) return null;
  const { event_time: eventTime, host, referrer } = fields;
  if (typeof eventTime !== 'string' || typeof host !== 'string') return null;
  if (referrer !== undefined && referrer !== null && typeof referrer !== 'string') return null;
  const eventTimeMs = parseIsoTime(eventTime);
  return eventTimeMs === null
    ? null
    : expectEvent({ eventTimeMs, host, referrer: referrer ?? null }, latestEventTimeMs);
}

/** Returns the event when its keys and its time can be counted, else null. */
export function expectEvent(event: LoadEvent, latestEventTimeMs: number): LoadEvent | null {
  if (event.eventTimeMs > latestEventTimeMs || !isCountableKey(event.host)) return null;
  return event.referrer === null || isCountableKey(event.referrer) ? event : null;
}

function parseObject(line: Uint8Array): { readonly [field: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(utf8.decode(line));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Whether a key is well-formed Unicode without NUL, which PostgreSQL requires, and within the byte limit. */
function isCountableKey(key: string): boolean {
  return !/\p{Surrogate}/u.test(key) && !key.includes('\0') && Buffer.byteLength(key) <= MAX_KEY_BYTES;
}
