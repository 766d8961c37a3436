import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { UsageError } from '#text/usage-error.ts';
import { poll } from '../targets/poll.ts';

/** The platform's report of one invocation. Durations in ms, memory in MB. */
export type PlatformReport = {
  requestId: string;
  status: string;
  durationMs: number;
  billedDurationMs: number;
  maxMemoryUsedMB: number;
  /** INIT of the environment; null if it was warm. */
  initDurationMs: number | null;
};

/** The platform's reports of a function's invocations on one stream. */
export type PlatformReports = {
  /** Number of known invocations, with or without a report. */
  invocations: number;
  reports: PlatformReport[];
  /** Reason why reports are missing; null if none is missing. */
  missing: string | null;
};

export type ReportQuery = {
  logs: CloudWatchLogsClient;
  functionName: string;
  stream: string;
  sinceMs: number;
  /** Ids of the requests that committed, and so must have a report. */
  committed: readonly string[];
  /** Time until which missing reports are asked for again, epoch ms. */
  untilMs: number;
  signal?: AbortSignal;
};

const POLL_MS = 2_000;
/** Largest lead of our clock over the platform's, ms. */
const CLOCK_SLACK_MS = 60_000;

/**
 * Collects the platform's reports of a function's invocations on one stream, failed ones included. Reports may come late,
 * so it asks until all known invocations have one, or the time has passed.
 *
 * @throws the signal's reason once it is aborted
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

/** Number of invocations with a report. An invocation that was retried under its id has several reports. */
export function reportedOf({ reports }: PlatformReports): number {
  return new Set(reports.map(({ requestId }) => requestId)).size;
}

/** INIT of each environment start, ms. */
export function initsOf(reports: readonly PlatformReport[]): number[] {
  return reports.flatMap(({ initDurationMs }) => (initDurationMs === null ? [] : [initDurationMs]));
}

/** True if a log is missing or forbidden. The run goes on without its figures. */
function isUnreadable(error: unknown): boolean {
  return error instanceof UsageError || (error as Error).name === 'ResourceNotFoundException';
}

/**
 * Reads the log once. A report holds only the request id; another line of the function names the stream of that id.
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

type Log = {
  logs: CloudWatchLogsClient;
  logGroupName: string;
  /** Start of the time range, epoch ms. */
  startTime: number;
};

/** Reads the lines of a function's log that match a pattern and are JSON objects, on all pages. */
async function* filterLog({ logs, logGroupName, startTime }: Log, filterPattern: string): AsyncGenerator<object> {
  let nextToken: string | undefined;
  do {
    const page: FilterLogEventsCommandOutput = await logs.send(
      new FilterLogEventsCommand({ logGroupName, filterPattern, startTime, ...(nextToken && { nextToken }) }),
    );
    for (const { message } of page.events ?? []) {
      const line = parseObject(message ?? '');
      if (line !== null) yield line;
    }
    nextToken = page.nextToken; // an empty page is not always the last one
  } while (nextToken !== undefined);
}

function parseObject(text: string): object | null {
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as object;
  } catch {
    return null; // the line was cut off, or another program wrote it
  }
}
