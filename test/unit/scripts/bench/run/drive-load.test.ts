import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProducerResult } from '#bench/load/producer.ts';
import { noCutOff } from '#bench/run/batch-caller.ts';
import type { ProgressView } from '#bench/run/display.ts';
import { driveLoad } from '#bench/run/drive-load.ts';
import type { IsolatedRun } from '#bench/run/isolated-run.ts';
import { openAccount } from '#bench/run/load.ts';
import type { MappingSettings } from '#bench/run-settings.ts';
import type { Path } from '#functions/contract.ts';
import { scriptedTarget } from '#test/support/scripted-target.ts';

const LOAD_MS = 3_000;

/** Drives a load of so long, of which each path says that it has counted 7 events. */
async function drive(paths: readonly Path[]) {
  const shown: ProgressView[] = [];
  const display = {
    step: () => undefined,
    progress: (view: ProgressView) => void shown.push(view),
    done: () => undefined,
  };
  const progress = { checkpoints: {}, events: 7, commits: 1, watermarkMs: null };
  const target = scriptedTarget({
    invoke: (functionName) =>
      functionName === 'scheduled'
        ? { outcome: 'committed', continues: false }
        : { microBatch: progress, scheduledBatch: progress },
  });
  const { oracle, receipts } = openAccount(1_000);
  const sent = { records: 0 } as unknown as ProducerResult;
  const driven = driveLoad(
    target,
    {
      run: { id: 'abcd', streamName: 'events-run-abcd' } as IsolatedRun,
      mapping: { batchingWindowSeconds: 0 } as MappingSettings,
    },
    {
      start: () => ({
        startMs: Date.now(),
        durationMs: LOAD_MS,
        oracle,
        receipts,
        replay: null,
        ended: new Promise((resolve) => void setTimeout(() => resolve(sent), LOAD_MS)),
      }),
      phase: 'live run',
      paths,
      nextCutOffMs: () => noCutOff,
      chaos: { kills: 0, spanMs: LOAD_MS, seed: 1 },
    },
    display,
    new AbortController().signal,
  );
  await vi.advanceTimersByTimeAsync(LOAD_MS + 2_000);
  const { timeline } = await driven;
  return { shown, timeline };
}

describe('driveLoad', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows nothing of a path that has no part in the load', async () => {
    const { shown, timeline } = await drive(['microBatch']);
    expect(shown.at(-1)).toMatchObject({ phase: 'draining the stream', microBatch: { events: 7 } });
    expect(new Set(shown.map(({ scheduledBatch }) => scheduledBatch))).toEqual(new Set([null]));
    expect(timeline.at(-1)).toMatchObject({ microBatch: { counted: 7 }, scheduledBatch: null });
  });

  it('shows both paths, from when they were first asked', async () => {
    const { shown, timeline } = await drive(['microBatch', 'scheduledBatch']);
    expect(shown[0]).toMatchObject({ phase: 'live run', microBatch: null, scheduledBatch: null });
    expect(shown[1]).toMatchObject({ phase: 'live run', microBatch: { events: 7 }, scheduledBatch: { events: 7 } });
    expect(timeline.at(-1)).toMatchObject({ microBatch: { counted: 7 }, scheduledBatch: { counted: 7 } });
  });
});
