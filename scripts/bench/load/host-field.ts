import { UsageError } from '#text/usage-error.ts';
import type { AccessLogEntry } from './access-log.ts';

/** What is counted as host in a log without virtual hosts: the client address, the first path segment, a constant. */
export type HostField = 'ip' | 'path' | `constant:${string}`;

const CONSTANT_PREFIX = 'constant:';

/** @throws UsageError when the text names no host field. */
export function parseHostField(text: string): HostField {
  if (text === 'ip' || text === 'path') return text;
  if (isConstant(text) && text.length > CONSTANT_PREFIX.length) return text;
  throw new UsageError(`Invalid --host-field '${text}': expected ip, path or constant:NAME`);
}

/** The host of a request: its virtual host where the log has one, else what `hostField` says. */
export function hostOf(entry: AccessLogEntry, hostField: HostField): string {
  if (entry.virtualHost !== null) return entry.virtualHost;
  if (hostField === 'ip') return entry.ip;
  return isConstant(hostField) ? hostField.slice(CONSTANT_PREFIX.length) : firstPathSegment(entry.url);
}

function isConstant(text: string): text is `constant:${string}` {
  return text.startsWith(CONSTANT_PREFIX);
}

/** `/blog` for `/blog/tags?x`; proxies log absolute URLs, whose path is meant; what is no path stays whole. */
function firstPathSegment(url: string): string {
  const target = url.replace(/^[a-z]{2,5}:\/\/[^/?#]*/i, '') || '/';
  return /^\/[^/?#]*/.exec(target)?.[0] ?? target;
}
