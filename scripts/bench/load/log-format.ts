import { UsageError } from '#text/usage-error.ts';
import { parseAccessLogLine } from './access-log.ts';

/** The input formats that are replayed. */
export const LOG_FORMATS = ['combined', 'vhost_combined', 'ndjson'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** @throws UsageError when the text names neither a format nor `auto`. */
export function parseLogFormat(text: string): LogFormat | 'auto' {
  const known = ['auto', ...LOG_FORMATS] as const;
  const format = known.find((name) => name === text);
  if (format === undefined) throw new UsageError(`Invalid --format '${text}': expected ${known.join(', ')}`);
  return format;
}

/** Returns the format of one line, or null. */
export function recognizeLine(line: string): LogFormat | null {
  if (isJsonObject(line)) return 'ndjson';
  // This check comes first, because a vhost_combined line also reads as a combined one whose user holds spaces.
  if (parseAccessLogLine(line, 'vhost_combined').ok) return 'vhost_combined';
  return parseAccessLogLine(line, 'combined').ok ? 'combined' : null;
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
