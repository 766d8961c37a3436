import { setTimeout } from 'node:timers/promises';
import type { ScheduledBatchAnswer } from '../../functions/contract.ts';
import { invoke } from '../targets/invoke.ts';
import type { Target } from '../targets/target.ts';

/** Runs the scheduled batch up to a cut-off, and again while it says that it has more before it, until the signal. */
export async function runBatch(target: Target, stream: string, cutOffMs: number, signal: AbortSignal): Promise<void> {
  for (let refused = 0; !signal.aborted; ) {
    const { scheduledBatchFunction } = target.outputs;
    const answer = await invoke<ScheduledBatchAnswer>(target.lambda, scheduledBatchFunction, { stream, cutOffMs });
    if (answer.outcome === 'committed' && !answer.continues) return;
    // One that was killed may have committed behind our back; the next reads from where that left off.
    if (answer.outcome === 'refused' && ++refused === 10)
      throw new Error('The scheduled batch was refused ten times in a row');
  }
}

/**
 * Plays the scheduler, which can't tick below a minute: runs the batch at every instant that `nextCutOffMs` names, each run
 * up to its own instant, none before the last one has ended, until the signal.
 *
 * @param nextCutOffMs the first cut-off after a time, epoch ms
 */
export async function playScheduler(
  target: Target,
  stream: string,
  nextCutOffMs: (afterMs: number) => number,
  signal: AbortSignal,
): Promise<void> {
  for (let cutOffMs = nextCutOffMs(Date.now()); ; cutOffMs = nextCutOffMs(cutOffMs)) {
    await untilTime(cutOffMs, signal);
    if (signal.aborted) return;
    // Where a run took longer than a window, the next one covers all that has become due meanwhile.
    for (let next = nextCutOffMs(cutOffMs); next <= Date.now(); next = nextCutOffMs(next)) cutOffMs = next;
    await runBatch(target, stream, cutOffMs, signal);
  }
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

async function untilTime(timeMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && Date.now() < timeMs) {
    // Rejects when the signal comes, which is what is waited for as well.
    await setTimeout(Math.min(timeMs - Date.now(), LONGEST_TIMER_MS), undefined, { signal }).catch(() => undefined);
  }
}
