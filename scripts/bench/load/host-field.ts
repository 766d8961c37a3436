import { UsageError } from '#text/usage-error.ts';
import type { AccessLogEntry } from './access-log.ts';

/** The field that counts as the host in a log without virtual hosts: client address, first path segment or a constant. */
export type HostField = 'ip' | 'path' | `constant:${string}`;

const CONSTANT_PREFIX = 'constant:';

/** @throws UsageError when the text names no host field. */
export function parseHostField(text: string): HostField {
  if (text === 'ip' || text === 'path') return text;
  if (isConstant(text) && text.length > CONSTANT_PREFIX.length) return text;
  throw new UsageError(`Invalid --host-field '${text}': expected ip, path or constant:NAME`);
}

/** Returns the host of a request: its virtual host if the log has one, else the field that `hostField` names. */
export function hostOf(entry: AccessLogEntry, hostField: HostField): string {
  if (entry.virtualHost !== null) return entry.virtualHost;
  if (hostField === 'ip') return entry.ip;
  return isConstant(hostField) ? hostField.slice(CONSTANT_PREFIX.length) : firstPathSegment(entry.url);
}

function isConstant(text: string): text is `constant:${string}` {
  return text.startsWith(CONSTANT_PREFIX);
}

/** Returns `/blog` for `/blog/tags?x`. Proxies log absolute URLs: their path counts. Any other text stays whole. */
function firstPathSegment(url: string): string {
  const target = url.replace(/^[a-z]{2,5}:\/\/[^/?#]*/i, '') || '/';
  return /^\/[^/?#]*/.exec(target)?.[0] ?? target;
}
