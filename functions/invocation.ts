import type { Path } from './core/paths.ts';
import type { Tally } from './core/tally.ts';
import { logMetrics } from './metrics.ts';
import type { CommitOutcome, Effort } from './store/commit.ts';

/** What the platform hands to a handler beside the event. */
export type Context = { awsRequestId: string; getRemainingTimeInMillis(): number };

/** The clocks of one invocation: wall time from its start, CPU of the process, and waiting that was done elsewhere. */
export type Invocation = { requestId: string; cold: boolean; startedMs: number; cpuStart: NodeJS.CpuUsage };

let cold = true;

export function startInvocation(context: Context): Invocation {
  const invocation = { requestId: context.awsRequestId, cold, startedMs: Date.now(), cpuStart: process.cpuUsage() };
  cold = false;
  return invocation;
}

/** What the invocation has spent until now; for the ledger row, so taken just before the statement. */
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

/**
 * One line that ties a request to a stream, before anything can fail: platform reports carry the request's id only.
 */
export function logInvocation(invocation: Invocation, stream: string): void {
  process.stdout.write(`${JSON.stringify({ type: 'tidemark.invocation', requestId: invocation.requestId, stream })}\n`);
}

/**
 * The metrics of a commit; for the deployed stream only, since alarms are not to hear of benchmark runs.
 *
 * @param outcome what the statement answered; a refusal where its first answer got lost, which has neither time nor watermark
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
  const rowsWritten = counts.rows; // the statement writes each once
  const { committedMs, pathWatermarkMs } = outcome.committed
    ? outcome
    : { committedMs: Date.now(), pathWatermarkMs: null };
  logMetrics({ stack, path, committedMs, events, rowsWritten, quarantinedLines: quarantined.length, pathWatermarkMs });
}
