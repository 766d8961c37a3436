import type { LogEvent } from './log-groups.ts';

export type LogFilter = {
  startTimeMs: number;
  endTimeMs: number;
  /** What the message must contain; "" = everything. */
  term: string;
  /** Only events after this one: where the page before ended. */
  afterId: number;
  limit: number;
};

/** CloudWatch Logs' own limit of a page. */
const PAGE_BYTES = 1024 * 1024;

/** One page of the events that match, oldest first; `nextId` is null after the last page. */
export function filterLogEvents(
  events: readonly LogEvent[],
  filter: LogFilter,
): { page: LogEvent[]; nextId: number | null } {
  const page: LogEvent[] = [];
  let pageBytes = 0;
  for (const event of events) {
    if (event.id <= filter.afterId || !matches(event, filter)) continue;
    if (page.length === filter.limit || (page.length > 0 && pageBytes + event.message.length > PAGE_BYTES)) {
      return { page, nextId: page.at(-1)?.id ?? null };
    }
    page.push(event);
    pageBytes += event.message.length;
  }
  return { page, nextId: null };
}

/**
 * The term of a filter pattern: a quoted text or a single word, both matched as part of the message.
 * null for the patterns that the runtime does not know (JSON, several terms).
 */
export function termOf(filterPattern: string): string | null {
  const pattern = filterPattern.trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(pattern);
  if (quoted !== null) return (quoted[1] ?? '').replace(/\\(.)/g, '$1');
  return /^[\w.:/-]*$/.test(pattern) ? pattern : null;
}

function matches({ timestampMs, message }: LogEvent, { startTimeMs, endTimeMs, term }: LogFilter): boolean {
  return timestampMs >= startTimeMs && timestampMs < endTimeMs && message.includes(term);
}
