import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';

/** What the platform reports of the invocations on one stream. Durations ms, memory MB. */
export type PlatformReport = {
  requestId: string;
  status: string;
  durationMs: number;
  billedDurationMs: number;
  maxMemoryUsedMB: number;
  /** Null for a warm environment. */
  initDurationMs: number | null;
};

/**
 * The platform's reports of a function's invocations that worked on one stream, the failed ones too. The function ties its
 * request's id to the stream in a line of its own, since the report carries the id only.
 */
export async function readPlatformReports(
  logs: CloudWatchLogsClient,
  functionName: string,
  stream: string,
  sinceMs: number,
): Promise<PlatformReport[]> {
  const logGroupName = `/aws/lambda/${functionName}`;
  const requests = new Set<string>();
  for await (const line of filterLog(logs, logGroupName, '"tidemark.invocation"', sinceMs)) {
    const entry = line as { requestId?: string; stream?: string };
    if (entry.stream === stream && entry.requestId !== undefined) requests.add(entry.requestId);
  }
  const reports: PlatformReport[] = [];
  for await (const line of filterLog(logs, logGroupName, '"platform.report"', sinceMs)) {
    const { record } = line as { record: { requestId: string; status: string; metrics: Partial<PlatformReport> } };
    if (!requests.has(record.requestId)) continue;
    const { durationMs = 0, billedDurationMs = 0, maxMemoryUsedMB = 0, initDurationMs = null } = record.metrics;
    const { requestId, status } = record;
    reports.push({ requestId, status, durationMs, billedDurationMs, maxMemoryUsedMB, initDurationMs });
  }
  return reports;
}

async function* filterLog(
  logs: CloudWatchLogsClient,
  logGroupName: string,
  filterPattern: string,
  startTime: number,
): AsyncGenerator<unknown> {
  let nextToken: string | undefined;
  do {
    const page: FilterLogEventsCommandOutput = await logs.send(
      new FilterLogEventsCommand({ logGroupName, filterPattern, startTime, ...(nextToken && { nextToken }) }),
    );
    for (const { message } of page.events ?? []) if (message?.startsWith('{')) yield JSON.parse(message);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}
