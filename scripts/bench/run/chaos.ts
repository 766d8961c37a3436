import { setTimeout } from 'node:timers/promises';
import { createRandom, toUnit } from '#model/statistics/random.ts';
import type { Target } from '../targets/target.ts';
import type { Kill } from './timeline.ts';

const BUSY_PATIENCE_MS = 3_000;
const STRIKE_WITHIN_MS = 20; // about the duration of a warm batch

/**
 * Kills execution environments of the two paths at random moments, until there were enough or the signal is aborted.
 *
 * @param spanMs time over which the kills are spread, ms
 * @returns the kills that happened
 */
export async function killAtRandom(
  target: Target,
  options: { kills: number; spanMs: number; seed: number },
  signal: AbortSignal,
): Promise<Kill[]> {
  const source = createRandom(options.seed);
  const random = (): number => toUnit(source());
  const counting = [target.outputs.microBatchFunction, target.outputs.scheduledBatchFunction];
  const startMs = Date.now();
  const moments = Array.from({ length: options.kills }, () => random() * options.spanMs).sort((a, b) => a - b);
  const kills: Kill[] = [];
  for (const moment of moments) {
    await sleep(startMs + moment - Date.now(), signal);
    for (let killed = null; killed === null && !signal.aborted; ) {
      // Killing an idle environment proves little, so wait a while for a busy one, and strike at a random point of its work.
      const atWork = Date.now() < startMs + moment + BUSY_PATIENCE_MS;
      await sleep(random() * STRIKE_WITHIN_MS, signal);
      killed = target.killEnvironment(
        ({ functionName, busy }) => counting.includes(functionName) && (busy || !atWork),
        (n) => Math.floor(random() * n),
      );
      if (killed !== null) kills.push({ atMs: Date.now(), ...killed });
    }
  }
  return kills;
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  // The timer rejects on the signal, and that ends the sleep too.
  await setTimeout(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
}
