import { describe, expect, it } from 'vitest';
import { runCalibration } from '#bench/experiments/calibration.ts';
import { CALIBRATION_BATCH_SIZE, CALIBRATION_WINDOW_MS } from '#bench/experiments/phases/calibration-chunks.ts';
import type { LedgerRow } from '#functions/contract.ts';
import { expectNoRuns, tellDisplay, useEmbeddedTarget } from '../support/embedded-target.ts';
import { LOAD_SHAPE } from '../support/load-shape.ts';
import { SETTINGS } from '../support/settings.ts';

const target = useEmbeddedTarget();
const OPTIONS = { ...LOAD_SHAPE, ...SETTINGS, hosts: 200, referrers: 50, shards: 2 };

/** How far apart the greatest and the least are. */
function spreadOf(rows: readonly LedgerRow[], figureOf: (row: LedgerRow) => number): number {
  const values = rows.map(figureOf);
  return Math.max(...values) / Math.max(1, Math.min(...values));
}

describe('the calibration', () => {
  it('gives invocations of varied size, packing and rows of each path alone, all exact', async () => {
    const seen = await runCalibration(target(), OPTIONS, tellDisplay(), new AbortController().signal);

    expect(seen?.correctness.exact).toBe(true);
    // As its cost was worked out before it began.
    expect(seen?.settings.windowMs).toBe(CALIBRATION_WINDOW_MS);
    expect(seen?.mapping.batchSize).toBe(CALIBRATION_BATCH_SIZE);
    const { microBatch = [], scheduledBatch = [] } = seen?.ledger ?? {};
    expect(scheduledBatch.length).toBeGreaterThanOrEqual(24);
    expect(microBatch.length).toBeGreaterThanOrEqual(30);
    // Whatever its size, most micro-batches of a calibration are of the same number of records, but for the large ones.
    expect(microBatch.filter(({ records }) => records > 5 * CALIBRATION_BATCH_SIZE).length).toBeGreaterThanOrEqual(2);
    for (const rows of [microBatch, scheduledBatch]) {
      expect(rows.filter(({ cold }) => cold)).toEqual([]); // an environment that starts does so in the warm-up
      expect(spreadOf(rows, ({ events }) => events)).toBeGreaterThan(30);
      expect(spreadOf(rows, ({ records }) => records)).toBeGreaterThan(100);
      expect(spreadOf(rows, ({ events, records }) => events / records)).toBeGreaterThan(25);
      expect(rows.some(({ rowsWritten, rowsFresh }) => rowsFresh > 2 * (rowsWritten - rowsFresh))).toBe(true);
      expect(rows.some(({ rowsWritten, rowsFresh }) => rowsWritten - rowsFresh > 2 * rowsFresh)).toBe(true);
    }
    await expectNoRuns(target());
  });

  it.each(['calibrating the scheduled batch, 3 of', 'the micro-batch path catches up'])(
    'leaves nothing where the signal comes at: %s',
    async (moment) => {
      const stop = new AbortController();
      const display = tellDisplay((told) => void (told.startsWith(moment) && stop.abort(new Error('interrupted'))));

      expect(await runCalibration(target(), OPTIONS, display, stop.signal)).toBeNull();

      await expectNoRuns(target());
    },
  );
});
