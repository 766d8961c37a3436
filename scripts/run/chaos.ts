import { createRandom, toUnit } from '../load/random.ts';
import type { Target } from '../target/target.ts';

/** One execution environment that was killed. */
export type Kill = { atMs: number; functionName: string; busy: boolean };

/**
 * Kills execution environments at random moments until the signal, or until there were enough.
 *
 * @param spanMs the time over which the kills are spread, ms
 * @returns those that happened
 */
export async function killAtRandom(
  target: Target,
  options: { kills: number; spanMs: number; seed: number },
  signal: AbortSignal,
): Promise<Kill[]> {
  const source = createRandom(options.seed);
  const random = (): number => toUnit(source());
  const startMs = Date.now();
  const moments = Array.from({ length: options.kills }, () => random() * options.spanMs).sort((a, b) => a - b);
  const kills: Kill[] = [];
  for (const moment of moments) {
    while (!signal.aborted && Date.now() < startMs + moment) await sleep(Math.min(100, startMs + moment - Date.now()));
    // None may have been started yet.
    for (let killed = null; killed === null && !signal.aborted; await sleep(5)) {
      killed = target.killEnvironment((n) => Math.floor(random() * n));
      if (killed !== null) kills.push({ atMs: Date.now(), ...killed });
    }
  }
  return kills;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
