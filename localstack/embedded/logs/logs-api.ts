import { randomUUID } from 'node:crypto';
import { type LocalServer, listenLocally, readBody } from '../local-server.ts';
import type { LogEvent, LogGroups } from './log-groups.ts';

type Answer = { status: number; body: Record<string, unknown> };

/** Serves CloudWatch Logs' FilterLogEvents, so that the SDK's client works unchanged. */
export function serveLogsApi(logGroups: LogGroups): Promise<LocalServer> {
  return listenLocally('the CloudWatch Logs API', 0, async (request, response) => {
    const body = await readBody(request).catch(() => null);
    const { status, body: answer } = answerCall(
      logGroups,
      request.headers['x-amz-target'],
      body?.toString('utf8') ?? '',
    );
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() });
    response.end(JSON.stringify(answer));
  });
}

function answerCall(logGroups: LogGroups, target: string | string[] | undefined, body: string): Answer {
  if (target !== 'Logs_20140328.FilterLogEvents') {
    return refuse(
      'UnknownOperationException',
      `The embedded CloudWatch Logs API supports FilterLogEvents only, not '${target}'`,
    );
  }
  const input = JSON.parse(body || '{}') as Record<string, unknown>;
  const name = String(input.logGroupName ?? '');
  const events = logGroups.events(name);
  if (events === null) return refuse('ResourceNotFoundException', `The specified log group '${name}' does not exist.`);
  const pattern = String(input.filterPattern ?? '');
  const term = termOf(pattern);
  if (term === null) {
    return refuse(
      'InvalidParameterException',
      `Invalid filterPattern '${pattern}': the embedded API supports one quoted term`,
    );
  }
  const { page, nextId } = filterLogEvents(events, {
    startTimeMs: Number(input.startTime ?? 0),
    endTimeMs: Number(input.endTime ?? Number.MAX_SAFE_INTEGER),
    term,
    afterId: Number(input.nextToken ?? 0),
    limit: Math.min(Number(input.limit ?? 10_000), 10_000),
  });
  return {
    status: 200,
    body: { events: page.map(describeEvent), ...(nextId === null ? {} : { nextToken: String(nextId) }) },
  };
}

function describeEvent({ id, timestampMs, message, logStreamName }: LogEvent): Record<string, unknown> {
  return { eventId: String(id), timestamp: timestampMs, ingestionTime: timestampMs, message, logStreamName };
}

function refuse(type: string, message: string): Answer {
  return { status: 400, body: { __type: type, message } };
}

type LogFilter = {
  startTimeMs: number;
  endTimeMs: number;
  /** Text that the message must contain; "" matches everything. */
  term: string;
  /** Id of the last event of the page before; only later events match. */
  afterId: number;
  limit: number;
};

/** Page limit of CloudWatch Logs. */
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
 * Term of a filter pattern: a quoted text or a single word. Either matches as a part of the message.
 * null for unsupported patterns (JSON, several terms).
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
