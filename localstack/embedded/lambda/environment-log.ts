import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogGroups } from '../logs/log-groups.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { LOG_TAIL_BYTES } from './limits.ts';
import { createTail, readLines } from './log-lines.ts';
import { type InvocationStatus, platformReport, platformStart, type ReportMetrics } from './platform-log.ts';

/** The log stream of one environment: what its program prints, between the platform's lines. */
export type EnvironmentLog = {
  streamName: string;
  follow(output: Readable): void;
  start(requestId: string): void;
  /** Ends an invocation's log; gives its last 4 KB. The first report carries the cold start. */
  report(
    requestId: string,
    status: InvocationStatus,
    errorType: string | null,
    metrics: Omit<ReportMetrics, 'initDurationMs'> & { initDurationMs: number | null },
  ): Promise<string>;
};

export function openEnvironmentLog(definition: FunctionDefinition, logGroups: LogGroups): EnvironmentLog {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  const streamName = `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
  const tail = createTail(LOG_TAIL_BYTES);
  let isFirstReport = true;

  const write = (line: string) => {
    tail.add(line);
    logGroups.append(definition.logGroupName, streamName, line, Date.now());
  };

  return {
    streamName,
    follow: (output) => readLines(output, write),
    start: (requestId) => write(platformStart(requestId, Date.now())),
    async report(requestId, status, errorType, { initDurationMs, ...metrics }) {
      // What the function printed is in the pipe by now: let it in before the report.
      await nextTurn();
      await nextTurn();
      const cold = isFirstReport && initDurationMs !== null ? { initDurationMs } : {};
      isFirstReport = false;
      write(platformReport(requestId, status, errorType, { ...metrics, ...cold }, Date.now()));
      return tail.take();
    },
  };
}
