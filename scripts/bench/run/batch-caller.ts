import type { ScheduledBatchAnswer, Settings } from '#functions/contract.ts';
import { invoke } from '../targets/invoke.ts';
import { pause } from '../targets/poll.ts';
import type { Target } from '../targets/target.ts';

/** Time for an answer after the signal, ms: a batch over a long window may need minutes more, and is abandoned. */
const LAST_ANSWER_WITHIN_MS = 3_000;

/**
 * Runs the scheduled batch up to a cut-off, and again as long as it answers that it continues.
 *
 * @returns the number of invocations
 * @throws the signal's reason once it is aborted
 */
export async function runBatch(
  target: Target,
  stream: string,
  cutOffMs: number,
  signal: AbortSignal,
): Promise<{ invocations: number }> {
  const { scheduledBatchFunction } = target.outputs;
  const request = { stream, cutOffMs };
  const abandoning = abandonLater(signal);
  try {
    let refused = 0;
    for (let invocations = 1; ; invocations++) {
      signal.throwIfAborted();
      const answer = await invoke<ScheduledBatchAnswer>(
        target.lambda,
        scheduledBatchFunction,
        request,
        abandoning.signal,
      );
      if (answer.outcome === 'committed' && !answer.continues) return { invocations };
      // A killed invocation may have committed all the same. Then this one was refused, and the next one reads on from there.
      if (answer.outcome === 'refused' && ++refused === 10)
        throw new Error('The scheduled batch was refused ten times in a row');
    }
  } finally {
    abandoning.end();
  }
}

/** Returns a signal that follows the given one after `LAST_ANSWER_WITHIN_MS`, unless it is ended before. */
function abandonLater(signal: AbortSignal): { signal: AbortSignal; end: () => void } {
  const later = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => later.abort(signal.reason), LAST_ANSWER_WITHIN_MS);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: later.signal,
    end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}

/** Maps a time to the first cut-off after it, epoch ms. A batch reads up to its cut-off. */
export type CutOffs = (afterMs: number) => number;

/** Cut-offs of a live run: the end + bound + margin of every window. */
export function dueWindows({ windowMs, boundMs, marginMs }: Settings): CutOffs {
  const lagMs = boundMs + marginMs;
  return (afterMs) => (Math.floor((afterMs - lagMs) / windowMs) + 1) * windowMs + lagMs;
}

/**
 * Cut-offs of a paced replay: one per window of the log, but at most one a second.
 *
 * @param startMs start of the replay, epoch ms
 */
export function passingWindows(startMs: number, windowMs: number, speed: number): CutOffs {
  const everyMs = Math.max(1_000, windowMs / speed);
  return (afterMs) => startMs + (Math.floor((afterMs - startMs) / everyMs) + 1) * everyMs;
}

/** No cut-off while the load is sent. */
export const noCutOff: CutOffs = () => Number.POSITIVE_INFINITY;

/**
 * Plays the scheduler, which can't tick more often than once a minute. It runs the batch at every cut-off, up to that
 * cut-off, one run after the other. On `until` it waits for the current run and ends.
 *
 * @param nextCutOffMs returns the first cut-off after a time, epoch ms
 * @throws the signal's reason if that ends a run
 */
export async function playScheduler(
  target: Target,
  stream: string,
  nextCutOffMs: CutOffs,
  { until, signal }: { until: AbortSignal; signal: AbortSignal },
): Promise<void> {
  const stop = AbortSignal.any([until, signal]);
  for (let cutOffMs = nextCutOffMs(Date.now()); ; cutOffMs = nextCutOffMs(cutOffMs)) {
    await untilTime(cutOffMs, stop);
    if (stop.aborted) return;
    // After a run that took longer than a window, the next run covers all windows that have become due.
    for (let next = nextCutOffMs(cutOffMs); next <= Date.now(); next = nextCutOffMs(next)) cutOffMs = next;
    await runBatch(target, stream, cutOffMs, signal);
  }
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

async function untilTime(timeMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && Date.now() < timeMs) {
    await pause(Math.min(timeMs - Date.now(), LONGEST_TIMER_MS), signal);
  }
}
