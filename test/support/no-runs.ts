import { expect, vi } from 'vitest';
import { listRuns } from '#bench/run/left-runs.ts';
import type { Target } from '#bench/targets/target.ts';

/** Holds once no run is left. A stream is deleted some time after it was asked for, and listed until then. */
export function expectNoRuns(target: Target): Promise<void> {
  return vi.waitFor(async () => expect(await listRuns(target)).toEqual([]), { timeout: 10_000, interval: 200 });
}
