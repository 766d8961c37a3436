import { describe, expect, it } from 'vitest';
import { type DrainOptions, runDrain } from '#bench/experiments/drain.ts';
import type { DrainObservations } from '#bench/experiments/observations.ts';
import { DRAIN_EVENTS_PER_RECORD } from '#bench/experiments/phases/plan-phases.ts';
import { expectNoRuns, tellDisplay, useEmbeddedTarget } from '../support/embedded-target.ts';
import { LOAD_SHAPE } from '../support/load-shape.ts';
import { SETTINGS } from '../support/settings.ts';

const target = useEmbeddedTarget();
const OPTIONS: DrainOptions = { ...LOAD_SHAPE, ...SETTINGS, windowMs: 20_000, shards: 2, batchSize: undefined };
const EVENTS = 300 * 20;
const NEVER = new AbortController().signal;

async function drain(options: Partial<DrainOptions> = {}): Promise<DrainObservations> {
  const seen = await runDrain(target(), { ...OPTIONS, ...options }, tellDisplay(), NEVER);
  if (seen === null) throw new Error('The drain was ended by no signal');
  return seen;
}

const sumOf = <Row>(rows: readonly Row[], figureOf: (row: Row) => number) =>
  rows.reduce((sum, row) => sum + figureOf(row), 0);

describe('the drain experiment', () => {
  it('counts a window with a cold batch, a warm one and the micro-batch path alone, all exact', async () => {
    const seen = await drain();

    expect(seen).toMatchObject({ exact: true, correctness: { exact: true }, coldCorrectness: { exact: true } });
    expect(seen.load).toMatchObject({ events: EVENTS, lines: EVENTS });
    expect(seen.eventsPerRecord).toBe(DRAIN_EVENTS_PER_RECORD); // as its cost was worked out before it began
    expect(seen.load.records).toBeLessThan(EVENTS / 120); // 128 to a record, or 25,000 bytes
    expect(seen.cold).toMatchObject({ cold: true, invocations: 1 });
    expect(seen.warm).toMatchObject({ cold: false, invocations: 1, initMs: null });
    expect(seen.cold?.initMs).toBeGreaterThan(0);
    expect(seen.initsMs.scheduledBatch).toEqual([seen.cold?.initMs]);
    for (const batch of [seen.cold, seen.warm]) {
      expect(sumOf(batch?.rows ?? [], ({ events }) => events)).toBe(EVENTS);
      expect(batch?.durationMs).toBeGreaterThan(batch?.billedDurationMs ?? Number.POSITIVE_INFINITY);
      expect(batch?.maxMemoryMb).toBeGreaterThan(20);
      // All of its rows are fresh, the warm one's too: the tables were emptied between.
      expect(sumOf(batch?.rows ?? [], ({ rowsWritten, rowsFresh }) => rowsWritten - rowsFresh)).toBe(0);
    }
    expect(seen.warm.rows.map(({ rowsWritten }) => rowsWritten)).toEqual(seen.cold?.rows.map((row) => row.rowsWritten));
    expect(seen.correctness.microBatch.counted).toBe(EVENTS);
    expect(sumOf(seen.ledger.microBatch, ({ events }) => events)).toBe(EVENTS);
    expect(seen.catchUp.invocations).toBe(seen.ledger.microBatch.length);
    expect(seen.catchUp.eventsPerSecond).toBeGreaterThan(0);
    expect(seen.ledger.scheduledBatch.map(({ cold }) => cold)).toEqual([true, false]);
    expect(seen.totals.microBatch.rowsFinal).toBe(seen.totals.scheduledBatch.rowsFinal);
    await expectNoRuns(target());
  });

  it('has the first of the next window in it, as the batch for a window does, and makes no event late', async () => {
    const seen = await drain({ outOfOrder: 1 });

    expect(seen.totals.scheduledBatch.windows).toBe(2);
    expect(seen.correctness).toMatchObject({ scheduledBatch: { late: 0 }, microBatch: { late: 0 } });
  });

  it('stays exact with late and malformed lines, hosts kept together, and late events dropped', async () => {
    const seen = await drain({
      partitionBy: 'host',
      lateShare: 0.1,
      malformed: 0.05,
      latePolicy: 'drop',
      shards: 3,
      rate: 100,
    });

    expect(seen.exact).toBe(true);
    expect(seen.correctness.microBatch.dropped).toBeGreaterThan(0);
    expect(seen.correctness.microBatch.quarantined).toBe(seen.correctness.sentMalformed);
    expect(seen.coldCorrectness.dropped).toBe(seen.correctness.scheduledBatch.dropped);
  });

  it('stays exact beside another one', async () => {
    const [one, other] = await Promise.all([drain(), drain({ seed: 2, windowMs: 10_000 })]);

    expect([one?.exact, other?.exact]).toEqual([true, true]);
    expect(one?.runId).not.toBe(other?.runId);
    await expectNoRuns(target());
  });

  it.each([
    "making the run's stream and schemas",
    'sending',
    'counting the window with the scheduled batch, cold',
    'verifying every row of it',
    'counting the window with the scheduled batch, warm',
    "waiting for the run's mapping to be enabled",
    'the micro-batch path catches up',
    'verifying every row of both paths',
  ])('leaves nothing where the signal comes at: %s', async (moment) => {
    const stop = new AbortController();
    const display = tellDisplay((told) => void (told.startsWith(moment) && stop.abort(new Error('interrupted'))));

    expect(await runDrain(target(), { ...OPTIONS, windowMs: 5_000 }, display, stop.signal)).toBeNull();

    expect(stop.signal.aborted).toBe(true);
    await expectNoRuns(target());
  });
});
