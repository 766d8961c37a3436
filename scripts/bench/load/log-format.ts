import { UsageError } from '#text/usage-error.ts';
import { type AccessLogFormat, parseAccessLogLine } from './access-log.ts';
import { expectEvent, expectFromJson } from './expectation.ts';
import { type HostField, hostOf } from './host-field.ts';
import type { LoadEvent } from './line.ts';
import { MAX_LINE_BYTES } from './log-input.ts';

/** The text to send for one line of the input, or the reason why the line is not sent. */
export type Reading =
  | { readonly text: string | Uint8Array; readonly event: LoadEvent | null }
  | { readonly reason: string };

/** How lines of one format are recognized and read. */
type InputFormat = {
  /** Whether a decoded line without its line ending has this format. */
  readonly recognize: (line: string) => boolean;
  /** @param latestEventTimeMs a later event is expected in quarantine, epoch ms */
  readonly read: (bytes: Uint8Array, hostField: HostField, latestEventTimeMs: number) => Reading;
};

/**
 * The formats that are replayed, by name. The last one that recognizes a line wins: `vhost_combined` follows
 * `combined`, because its lines also read as combined ones whose user holds spaces.
 */
const FORMATS = {
  combined: accessLog('combined'),
  vhost_combined: accessLog('vhost_combined'),
  ndjson: {
    recognize: isJsonObject,
    read: (bytes, _hostField, latestEventTimeMs) => ({ text: bytes, event: expectFromJson(bytes, latestEventTimeMs) }),
  },
} as const satisfies { readonly [name: string]: InputFormat };

export type LogFormat = keyof typeof FORMATS;

/** The names of the formats that are replayed. */
export const LOG_FORMATS = Object.keys(FORMATS) as readonly LogFormat[];

/** Writes names as `a, b or c`, the British way, which has no comma before the last one. */
export function joinWithOr(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names);
}

/** @throws UsageError when the text names neither a format nor `auto`. */
export function parseLogFormat(text: string): LogFormat | 'auto' {
  const known = ['auto', ...LOG_FORMATS] as const;
  const format = known.find((name) => name === text);
  if (format === undefined) throw new UsageError(`Invalid --format '${text}': expected ${known.join(', ')}`);
  return format;
}

/** Returns the format of one line, or null. */
export function recognizeLine(line: string): LogFormat | null {
  return LOG_FORMATS.findLast((name) => FORMATS[name].recognize(line)) ?? null;
}

/** Reads one line of the given format, which is not too long for a record. */
export function readLineAs(format: LogFormat, ...line: Parameters<InputFormat['read']>): Reading {
  return FORMATS[format].read(...line);
}

/**
 * Returns the format of most lines of the sample, so that a damaged first line does not decide.
 * @param sample the input's first lines that are not blank
 * @throws UsageError when there is no line, or none has a known format
 */
export function detectFormat(sample: readonly string[], inputName: string): LogFormat {
  const [first] = sample;
  const known = LOG_FORMATS.join(', ');
  if (first === undefined) {
    throw new UsageError(`No lines in ${inputName}: expected an access log or NDJSON (${known})`);
  }
  const votes = new Map<LogFormat, number>();
  for (const line of sample) {
    const format = recognizeLine(line);
    if (format !== null) votes.set(format, (votes.get(format) ?? 0) + 1);
  }
  const [winner] = [...votes].sort(([, left], [, right]) => right - left);
  if (winner === undefined) {
    const quoted = `"${excerptOf(first, 80)}"`;
    throw new UsageError(
      `Unknown format of ${inputName}, which starts with ${quoted}: expected ${known}; name it with --format`,
    );
  }
  return winner[0];
}

function accessLog(format: AccessLogFormat): InputFormat {
  return {
    recognize: (line) => parseAccessLogLine(line, format).ok,
    read(bytes, hostField, latestEventTimeMs) {
      const line = decode(bytes);
      if (line === null) return { reason: 'not valid UTF-8' };
      const result = parseAccessLogLine(withoutReturn(line), format);
      if (!result.ok) return result;
      const { ip, eventTime, eventTimeMs, referrer, url, userAgent } = result.entry;
      const host = hostOf(result.entry, hostField);
      const text = JSON.stringify({
        ip,
        event_time: eventTime,
        referrer,
        host,
        url,
        user_agent: userAgent,
        geodata: null,
      });
      if (Buffer.byteLength(text) > MAX_LINE_BYTES) {
        return { reason: `longer than ${MAX_LINE_BYTES} bytes as JSON, which a Kinesis record cannot hold` };
      }
      return { text, event: expectEvent({ eventTimeMs, host, referrer }, latestEventTimeMs) };
    },
  };
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

/** Returns a line without the carriage return of its line ending. */
export function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function isJsonObject(line: string): boolean {
  if (!line.trimStart().startsWith('{')) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** Characters that could garble a terminal: controls (C0, DEL, C1), line separators and direction marks. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Returns the beginning of untrusted text for a message: at most `maxChars` characters, control characters escaped. */
export function excerptOf(text: string, maxChars: number): string {
  const escaped = text
    .slice(0, maxChars + 1)
    .replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return escaped.length > maxChars ? `${escaped.slice(0, maxChars - 1)}…` : escaped;
}
