import type { Path } from './core/paths.ts';
import type { Tally } from './core/tally.ts';
import { logMetrics } from './metrics.ts';
import type { CommitOutcome, Effort } from './store/commit.ts';

/** The part of Lambda's context object that the handlers use. */
export type Context = { awsRequestId: string; getRemainingTimeInMillis(): number };

/** The start of one invocation: wall-clock time, and the CPU time of the process until then. */
export type Invocation = { requestId: string; cold: boolean; startedMs: number; cpuStart: NodeJS.CpuUsage };

let cold = true;

export function startInvocation(context: Context): Invocation {
  const invocation = { requestId: context.awsRequestId, cold, startedMs: Date.now(), cpuStart: process.cpuUsage() };
  cold = false;
  return invocation;
}

/** Resources that the invocation has used so far. Take it just before the statement, which writes it to the ledger. */
export function effortOf(invocation: Invocation, waits: { readWaitMs: number; databaseWaitMs: number }): Effort {
  const cpu = process.cpuUsage(invocation.cpuStart);
  const { requestId, cold, startedMs } = invocation;
  return {
    requestId,
    cold,
    startedMs,
    memoryMb: process.memoryUsage.rss() / 1024 / 1024,
    cpuMs: (cpu.user + cpu.system) / 1000,
    ...waits,
  };
}

/** Logs the stream of a request before anything can fail, because the platform's reports have only the request's id. */
export function logInvocation(invocation: Invocation, stream: string): void {
  process.stdout.write(`${JSON.stringify({ type: 'tidemark.invocation', requestId: invocation.requestId, stream })}\n`);
}

/**
 * Logs the metrics of a commit to the deployed stream. Benchmark runs log none, so that they raise no alarms.
 *
 * @param outcome the statement's answer; a refusal, without time and watermark, if the answer to a successful commit
 *   was lost
 */
export function logCommit(
  deployed: { stack: string; stream: string },
  stream: string,
  path: Path,
  tally: Tally,
  outcome: CommitOutcome,
): void {
  if (stream !== deployed.stream) return;
  const { stack } = deployed;
  const { events, quarantined, counts } = tally;
  const rowsWritten = counts.rows; // the statement writes each row once
  const { committedMs, pathWatermarkMs } = outcome.committed
    ? outcome
    : { committedMs: Date.now(), pathWatermarkMs: null };
  logMetrics({ stack, path, committedMs, events, rowsWritten, quarantinedLines: quarantined.length, pathWatermarkMs });
}
