import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { Display } from '#bench/run/display.ts';
import { listRuns } from '#bench/run/left-runs.ts';
import { startEmbedded } from '#bench/targets/embedded.ts';
import type { Target } from '#bench/targets/target.ts';

/** One embedded target with its own PostgreSQL for all tests of a file. */
export function useEmbeddedTarget(): () => Target {
  let target: Target | undefined;
  beforeAll(async () => {
    target = await startEmbedded({
      databaseUrl: undefined,
      kinesisPort: 0,
      lambdaPort: 0,
      onStep: () => undefined,
    });
  });
  afterAll(() => target?.close());
  return () => {
    if (target === undefined) throw new Error('The embedded target has not started');
    return target;
  };
}

/** Waits until no run is left. Deleting a stream takes time, and the stream is listed until then. */
export function expectNoRuns(target: Target): Promise<void> {
  return vi.waitFor(async () => expect(await listRuns(target)).toEqual([]), { timeout: 10_000, interval: 200 });
}

/** A display that shows nothing and passes steps and phases on to the test. */
export function tellDisplay(onTold: (text: string) => void = () => undefined): Display {
  return { step: onTold, progress: ({ phase }) => onTold(phase), done: () => undefined };
}
