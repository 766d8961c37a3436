import { describe, expect, it } from 'vitest';
import { type BatchingWindowOptions, runBatchingWindow } from '#bench/experiments/batching-window.ts';
import type { BatchingWindowObservations } from '#bench/experiments/observations.ts';
import { distributionOf } from '#model/statistics/percentiles.ts';
import { waitsOf } from '#report/assemble/path-figures.ts';
import { expectNoRuns, tellDisplay, useEmbeddedTarget } from '../support/embedded-target.ts';
import { LOAD_SHAPE } from '../support/load-shape.ts';
import { SETTINGS } from '../support/settings.ts';

const target = useEmbeddedTarget();
const OPTIONS: BatchingWindowOptions = {
  ...LOAD_SHAPE,
  ...SETTINGS,
  windowMs: 2_000,
  boundMs: 1_000,
  batchingWindowSeconds: 0,
  durationMs: 6_000,
  eventsPerRecord: 1,
  shards: 2,
  batchSize: 10_000,
};
const NEVER = new AbortController().signal;

async function measure(options: Partial<BatchingWindowOptions>): Promise<BatchingWindowObservations> {
  const seen = await runBatchingWindow(target(), { ...OPTIONS, ...options }, tellDisplay(), NEVER);
  if (seen === null) throw new Error('It was ended by no signal');
  return seen;
}

describe('the batching-window experiment', () => {
  it('counts a live load with the micro-batch path alone, exact, and in fewer invocations the longer it fills', async () => {
    const [none, three] = await Promise.all([measure({}), measure({ batchingWindowSeconds: 3 })]);

    for (const seen of [none, three]) {
      expect(seen.correctness).toMatchObject({ exact: true, unread: 0 });
      expect(seen.path.totals.events).toBe(seen.load.events);
      expect(distributionOf(seen.path.ledger.flatMap(waitsOf))?.count).toBe(seen.load.events);
      expect(seen.coverage.endToEnd.reduce((sum, { weight }) => sum + weight, 0)).toBe(seen.load.events);
    }
    expect(none.durationMs).toBe(6_000 + 3_000); // the tail closes the last window
    expect(three.durationMs).toBe(9_000 + 3_000); // three batches long at least
    expect(three.mapping).toEqual({ batchSize: 10_000, batchingWindowSeconds: 3 });
    const perSecond = ({ path, durationMs }: BatchingWindowObservations) => path.ledger.length / durationMs;
    expect(perSecond(three)).toBeLessThan(perSecond(none) / 1.5);
    await expectNoRuns(target());
  });

  it.each(["waiting for the run's mapping to be enabled", 'live run', 'draining', 'verifying'])(
    'leaves nothing where the signal comes at: %s',
    async (moment) => {
      const stop = new AbortController();
      const display = tellDisplay((told) => void (told.startsWith(moment) && stop.abort(new Error('interrupted'))));
      const options = { ...OPTIONS, durationMs: 1_000 };

      expect(await runBatchingWindow(target(), options, display, stop.signal)).toBeNull();

      await expectNoRuns(target());
    },
  );
});
