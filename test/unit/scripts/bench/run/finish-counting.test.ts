import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReceipts } from '#bench/load/receipts.ts';
import { finishCounting } from '#bench/run/finish-counting.ts';
import type { Path } from '#functions/contract.ts';
import { sequenceNumber } from '#test/support/records.ts';
import { type Script, scriptedTarget } from '#test/support/scripted-target.ts';

const RUN = { id: 'abcd', streamName: 'events-run-abcd' };
const LAST = 9;
const NEVER = new AbortController().signal;

/** Paths that stand where they are told to; the batch reads so many records a call. */
function startPaths(recordsPerBatch: number, place: Script['place'] = {}) {
  const at: Record<Path, number> = { microBatch: 0, scheduledBatch: 0 };
  let polls = 0;
  const target = scriptedTarget({
    place,
    invoke(functionName) {
      if (functionName === 'scheduled') {
        at.scheduledBatch = Math.min(LAST, at.scheduledBatch + recordsPerBatch);
        return { outcome: 'committed', continues: false };
      }
      polls++;
      const progress = (path: Path) => ({
        checkpoints: { a: at[path] === 0 ? null : sequenceNumber(at[path]) },
        events: at[path],
        commits: 0,
        watermarkMs: null,
      });
      return { microBatch: progress('microBatch'), scheduledBatch: progress('scheduledBatch') };
    },
  });
  return { target, at, polls: () => polls };
}

function nineRecords() {
  const receipts = createReceipts();
  for (let n = 1; n <= LAST; n++) {
    receipts.add('a', { sequenceNumber: BigInt(sequenceNumber(n)), lines: 1, events: 1, intendedMs: 0, sentMs: 0 });
  }
  return receipts;
}

const finishing = (paths: readonly Path[], signal = NEVER) => ({
  receipts: nineRecords(),
  paths,
  batchingWindowSeconds: 0,
  signal,
});

describe('finishCounting', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('runs the batch until it has the last record, and tells how often', async () => {
    const { target, at } = startPaths(4);
    const finished = finishCounting(target, RUN, finishing(['scheduledBatch']));
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await finished).invocations).toBe(3);
    expect(at.scheduledBatch).toBe(LAST);
  });

  it('waits for the mapping without a batch where that path is not wanted', async () => {
    const { target, at } = startPaths(4);
    const seen: number[] = [];
    const finished = finishCounting(target, RUN, {
      ...finishing(['microBatch']),
      onProgress: ({ microBatch }) => seen.push(microBatch.linesReached),
    });
    await vi.advanceTimersByTimeAsync(1_000);
    at.microBatch = 5;
    await vi.advanceTimersByTimeAsync(300);
    at.microBatch = LAST;
    await vi.advanceTimersByTimeAsync(300);
    expect(await finished).toEqual({ invocations: 0, durationMs: 0 });
    expect([...new Set(seen)]).toEqual([0, 5, 9]);
    expect(at.scheduledBatch).toBe(0);
  });

  it.each([
    ['embedded', 0, 60_000],
    ['aws', 0, 300_000],
    ['embedded', 300, 360_000],
  ] as const)(
    'gives up on %s with a batching window of %i s where nothing has moved for %i ms',
    async (name, batchingWindowSeconds, patienceMs) => {
      const { target, at } = startPaths(4, { name });
      const given = { ...finishing(['microBatch']), batchingWindowSeconds };
      let ended = false;
      const finished = finishCounting(target, RUN, given).finally(() => {
        ended = true;
      });
      await vi.advanceTimersByTimeAsync(1_000);
      at.microBatch = 3;
      await vi.advanceTimersByTimeAsync(patienceMs);
      expect(ended).toBe(false);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(ended).toBe(true);
      await finished;
    },
  );

  it('ends on the signal with its reason', async () => {
    const stop = new AbortController();
    const { target, polls } = startPaths(4);
    const finished = finishCounting(target, RUN, finishing(['microBatch'], stop.signal)).catch((reason) => reason);
    await vi.advanceTimersByTimeAsync(100);
    stop.abort('interrupted');
    expect(await finished).toBe('interrupted');
    expect(polls()).toBe(1);
  });
});
