import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogGroups } from '../logs/log-groups.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { type InvocationStatus, LOG_TAIL_BYTES } from './invocation-result.ts';

/** Log stream of one environment: its program's output, between the platform's lines. */
type EnvironmentLog = {
  streamName: string;
  follow(output: Readable): void;
  start(requestId: string): void;
  /** Ends an invocation's log and returns its last 4 KB. The first report includes the cold start. */
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
      // The function's output is in the pipe by now. Two turns of the event loop log it before the report.
      await nextTurn();
      await nextTurn();
      const cold = isFirstReport && initDurationMs !== null ? { initDurationMs } : {};
      isFirstReport = false;
      write(platformReport(requestId, status, errorType, { ...metrics, ...cold }, Date.now()));
      return tail.take();
    },
  };
}

/** Lambda's figures of one invocation. */
type ReportMetrics = {
  durationMs: number;
  /** Present only for the invocation that waited for a cold start. */
  initDurationMs?: number;
  memorySizeMB: number;
  maxMemoryUsedMB: number;
};

/** First line of an invocation's log. */
function platformStart(requestId: string, nowMs: number): string {
  return platformLine('platform.start', { requestId, version: '$LATEST' }, nowMs);
}

/** Last line of an invocation's log. INIT is billed with the duration, rounded up to a whole millisecond. */
export function platformReport(
  requestId: string,
  status: InvocationStatus,
  errorType: string | null,
  metrics: ReportMetrics,
  nowMs: number,
): string {
  const { durationMs, initDurationMs, memorySizeMB, maxMemoryUsedMB } = metrics;
  const record = {
    requestId,
    status,
    ...(errorType === null ? {} : { errorType }),
    metrics: {
      durationMs: toHundredths(durationMs),
      billedDurationMs: Math.ceil(durationMs + (initDurationMs ?? 0)),
      memorySizeMB,
      maxMemoryUsedMB,
      ...(initDurationMs === undefined ? {} : { initDurationMs: toHundredths(initDurationMs) }),
    },
  };
  return platformLine('platform.report', record, nowMs);
}

function platformLine(type: string, record: object, nowMs: number): string {
  return JSON.stringify({ time: new Date(nowMs).toISOString(), type, record });
}

function toHundredths(ms: number): number {
  return Math.round(ms * 100) / 100;
}

/** Calls back for every line of a stream, and for an unfinished last line when the stream ends. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.once('end', () => {
    if (rest !== '') onLine(rest);
  });
}

/** Keeps the last bytes of the added lines; `take` returns them and starts empty. */
export function createTail(limitBytes: number): { add(line: string): void; take(): string } {
  let lines: string[] = [];
  let sizeBytes = 0;
  return {
    add(line) {
      lines.push(line);
      sizeBytes += line.length + 1;
      while (lines.length > 1 && sizeBytes - (lines[0]?.length ?? 0) - 1 >= limitBytes) {
        sizeBytes -= (lines.shift()?.length ?? 0) + 1;
      }
    },
    take() {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      lines = [];
      sizeBytes = 0;
      return bytes.subarray(Math.max(0, bytes.length - limitBytes)).toString('utf8');
    },
  };
}
