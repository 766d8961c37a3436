import { MAX_KEY_BYTES } from './expectation.ts';

/** The fields of an event as JSON texts, quotes included. The line leaves an undefined field out. */
export type EventJson = {
  readonly ip: string;
  readonly eventTime: string | undefined;
  readonly referrer: string;
  readonly host: string | undefined;
  readonly url: string;
  readonly userAgent: string;
  readonly geodata: string;
};

/** Writes one line by concatenation, because JSON.stringify would take most of the generator's time. */
export function writeEvent(fields: EventJson): string {
  const eventTime = fields.eventTime === undefined ? '' : `"event_time":${fields.eventTime},`;
  const host = fields.host === undefined ? '' : `"host":${fields.host},`;
  return `{"ip":${fields.ip},${eventTime}"referrer":${fields.referrer},${host}"url":${fields.url},"user_agent":${fields.userAgent},"geodata":${fields.geodata}}`;
}

/**
 * A hundred years, ms. An hour would be too little: the load of a drain starts in the past, where an hour ahead of
 * the event time is still before the arrival, and the line would rightly be counted.
 */
const FAR_FUTURE_MS = 36_525 * 86_400_000;

/** One way in which a line cannot be counted, made from a good event at `eventTimeMs`. */
type Malformation = (fields: EventJson, eventTimeMs: number) => string | Uint8Array;

/** Every way in which the load spoils a line; none of them contains 0x0A, and none is blank. */
export const MALFORMATIONS: { readonly [name: string]: Malformation } = {
  'broken JSON': (fields) => writeEvent(fields).replace('"host":', '"host" '),
  'truncated JSON': (fields) => halfOf(writeEvent(fields)),
  'invalid UTF-8': (fields) => withInvalidUtf8(writeEvent(fields)),
  'not an object': (fields) => `[${fields.ip},${fields.eventTime},${fields.host}]`,
  'no host': (fields) => writeEvent({ ...fields, host: undefined }),
  'host not a string': (fields) => writeEvent({ ...fields, host: '7' }),
  'no event time': (fields) => writeEvent({ ...fields, eventTime: undefined }),
  'impossible event time': (fields) => writeEvent({ ...fields, eventTime: '"2015-02-30T12:00:00.000Z"' }),
  'lone surrogate in host': (fields) => writeEvent({ ...fields, host: '"\\ud800.example"' }),
  'NUL in host': (fields) => writeEvent({ ...fields, host: '"nul\\u0000.example"' }),
  'host too long': (fields) => writeEvent({ ...fields, host: `"${'h'.repeat(MAX_KEY_BYTES + 1)}"` }),
  'event time in the future': (fields, eventTimeMs) =>
    writeEvent({ ...fields, eventTime: `"${new Date(eventTimeMs + FAR_FUTURE_MS).toISOString()}"` }),
};

function halfOf(line: string): string {
  return line.slice(0, line.length >>> 1);
}

/** Puts 0xFF, which no UTF-8 text contains, in the middle of the line. */
function withInvalidUtf8(line: string): Uint8Array {
  const bytes = Buffer.from(line);
  bytes[bytes.length >>> 1] = 0xff;
  return bytes;
}
