import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';

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
