import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { UsageError } from '#text/usage-error.ts';
import { poll } from '../targets/poll.ts';

/** What the platform reports of one invocation. Durations ms, memory MB. */
export type PlatformReport = {
  requestId: string;
  status: string;
  durationMs: number;
  billedDurationMs: number;
  maxMemoryUsedMB: number;
  /** Null for a warm environment. */
  initDurationMs: number | null;
};

/** What the platform reported of a function's invocations on one stream. */
export type PlatformReports = {
  /** Invocations that are known of, reported or not. */
  invocations: number;
  reports: PlatformReport[];
  /** Why there are fewer reports than invocations; null where there are not. */
  missing: string | null;
};

export type ReportQuery = {
  logs: CloudWatchLogsClient;
  functionName: string;
  stream: string;
  sinceMs: number;
  /** Requests that must have a report, since they committed. */
  committed: readonly string[];
  /** Until when to ask again for those that are missing, epoch ms. */
  untilMs: number;
  signal?: AbortSignal;
};

const POLL_MS = 2_000;
/** How far our clock may be ahead of the platform's. */
const CLOCK_SLACK_MS = 60_000;

/**
 * The platform's reports of a function's invocations that worked on one stream, the failed ones too. They may come late, so
 * it asks until those of all known invocations are there, or the time has passed.
 *
 * @throws the signal's reason once that has come
 */
export async function collectPlatformReports(query: ReportQuery): Promise<PlatformReports> {
  const { untilMs, signal } = query;
  const withinMs = Math.max(0, untilMs - Date.now());
  let seen: PlatformReports = { invocations: query.committed.length, reports: [], missing: null };
  const areComplete = async (): Promise<true | null> => {
    seen = await readPlatformReports(query);
    return reportedOf(seen) === seen.invocations ? true : null;
  };
  try {
    await poll(areComplete, { withinMs, everyMs: POLL_MS, signal });
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { ...seen, missing: (error as Error).message };
  }
  const { invocations } = seen;
  const reported = reportedOf(seen);
  if (reported === invocations) return seen;
  return {
    ...seen,
    missing: `the platform's log has reports of ${reported.toLocaleString('en-US')} of ${invocations.toLocaleString('en-US')} invocations`,
  };
}

/** How many invocations have a report; one that was tried again under its id has several. */
export function reportedOf({ reports }: PlatformReports): number {
  return new Set(reports.map(({ requestId }) => requestId)).size;
}

/** INIT of each environment that was started, ms. */
export function initsOf(reports: readonly PlatformReport[]): number[] {
  return reports.flatMap(({ initDurationMs }) => (initDurationMs === null ? [] : [initDurationMs]));
}

/** A log that isn't there or may not be read costs figures, and not the run. */
function isUnreadable(error: unknown): boolean {
  return error instanceof UsageError || (error as Error).name === 'ResourceNotFoundException';
}

/**
 * One look at the log. The function ties its request's id to the stream in a line of its own, since the report carries the
 * id only.
 */
async function readPlatformReports({
  logs,
  functionName,
  stream,
  sinceMs,
  committed,
}: ReportQuery): Promise<PlatformReports> {
  const log = { logs, logGroupName: `/aws/lambda/${functionName}`, startTime: sinceMs - CLOCK_SLACK_MS };
  const requests = new Set<string>(committed);
  for await (const line of filterLog(log, '"tidemark.invocation"')) {
    const entry = line as { requestId?: string; stream?: string };
    if (entry.stream === stream && entry.requestId !== undefined) requests.add(entry.requestId);
  }
  const reports: PlatformReport[] = [];
  for await (const line of filterLog(log, '"platform.report"')) {
    const { record } = line as { record?: { requestId: string; status: string; metrics: Partial<PlatformReport> } };
    if (record === undefined || !requests.has(record.requestId)) continue;
    const { durationMs = 0, billedDurationMs = 0, maxMemoryUsedMB = 0, initDurationMs = null } = record.metrics;
    const { requestId, status } = record;
    reports.push({ requestId, status, durationMs, billedDurationMs, maxMemoryUsedMB, initDurationMs });
  }
  return { invocations: requests.size, reports, missing: null };
}

export type Log = {
  logs: CloudWatchLogsClient;
  logGroupName: string;
  /** Epoch ms. */
  startTime: number;
};

/** The lines of a function's log that a pattern fits and that are JSON objects, whichever page they are on. */
export async function* filterLog(
  { logs, logGroupName, startTime }: Log,
  filterPattern: string,
): AsyncGenerator<object> {
  let nextToken: string | undefined;
  do {
    const page: FilterLogEventsCommandOutput = await logs.send(
      new FilterLogEventsCommand({ logGroupName, filterPattern, startTime, ...(nextToken && { nextToken }) }),
    );
    for (const { message } of page.events ?? []) {
      const line = parseObject(message ?? '');
      if (line !== null) yield line;
    }
    nextToken = page.nextToken; // a page may be empty and not the last
  } while (nextToken !== undefined);
}

function parseObject(text: string): object | null {
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as object;
  } catch {
    return null; // cut off, or somebody else's
  }
}
