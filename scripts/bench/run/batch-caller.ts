import type { ScheduledBatchAnswer, Settings } from '#functions/contract.ts';
import { invoke } from '../targets/invoke.ts';
import { pause } from '../targets/poll.ts';
import type { Target } from '../targets/target.ts';

/** On the signal, so long for an answer that is about to come; a batch over a long window may take minutes more. */
const LAST_ANSWER_WITHIN_MS = 3_000;

/**
 * Runs the scheduled batch up to a cut-off, and again while it says that it has more before it.
 *
 * @returns how many invocations that took
 * @throws the signal's reason once that has come
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
      // One that was killed may have committed behind our back; the next reads from where that left off.
      if (answer.outcome === 'refused' && ++refused === 10)
        throw new Error('The scheduled batch was refused ten times in a row');
    }
  } finally {
    abandoning.end();
  }
}

/** The signal, a while later; not at all once it was ended. */
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

/**
 * Plays the scheduler, which can't tick below a minute: runs the batch at every instant that `nextCutOffMs` names, each run
 * up to its own instant, none before the last one has ended, until `until`; the run that goes on then is waited for.
 *
 * @param nextCutOffMs the first cut-off after a time, epoch ms
 * @throws the signal's reason where that ends a run
 */
export async function playScheduler(
  target: Target,
  stream: string,
  nextCutOffMs: (afterMs: number) => number,
  { until, signal }: { until: AbortSignal; signal: AbortSignal },
): Promise<void> {
  const stop = AbortSignal.any([until, signal]);
  for (let cutOffMs = nextCutOffMs(Date.now()); ; cutOffMs = nextCutOffMs(cutOffMs)) {
    await untilTime(cutOffMs, stop);
    if (stop.aborted) return;
    // Where a run took longer than a window, the next one covers all that has become due meanwhile.
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

/** When a batch reads up to: from a time, epoch ms, to the first cut-off after it. */
export type CutOffs = (afterMs: number) => number;

/** Live: at every window's end + bound + margin. */
export function dueWindows({ windowMs, boundMs, marginMs }: Settings): CutOffs {
  const lagMs = boundMs + marginMs;
  return (afterMs) => (Math.floor((afterMs - lagMs) / windowMs) + 1) * windowMs + lagMs;
}

/**
 * In a paced replay: as often as a window of the log passes, though no more than once a second.
 *
 * @param startMs the replay's start, epoch ms
 */
export function passingWindows(startMs: number, windowMs: number, speed: number): CutOffs {
  const everyMs = Math.max(1_000, windowMs / speed);
  return (afterMs) => startMs + (Math.floor((afterMs - startMs) / everyMs) + 1) * everyMs;
}

/** None while the load goes on. */
export const noCutOff: CutOffs = () => Number.POSITIVE_INFINITY;
