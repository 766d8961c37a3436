import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pause, poll } from '#bench/targets/poll.ts';

/** Asks for the answers in turn, one a second. */
async function pollFor(answers: readonly (string | null)[], withinMs: number, signal?: AbortSignal) {
  const asked: number[] = [];
  const startMs = Date.now();
  const answered = poll(
    async () => {
      asked.push(Date.now() - startMs);
      return answers[asked.length - 1] ?? null;
    },
    { withinMs, everyMs: 1_000, signal },
  );
  const outcome = answered.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return { outcome: await outcome, asked };
}

describe('poll', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks until there is an answer', async () => {
    expect(await pollFor([null, null, 'yes'], 60_000)).toEqual({ outcome: 'yes', asked: [0, 1_000, 2_000] });
  });

  it('gives up when the next answer would come too late', async () => {
    expect(await pollFor([], 2_500)).toEqual({ outcome: null, asked: [0, 1_000, 2_000] });
  });

  it('asks once where there is no time', async () => {
    expect(await pollFor(['yes'], 0)).toEqual({ outcome: 'yes', asked: [0] });
  });

  it('ends with the signal, while it waits and before it asks', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort('enough'), 1_500);
    expect(await pollFor([], 60_000, stop.signal)).toEqual({ outcome: 'enough', asked: [0, 1_000] });
    expect(await pollFor(['yes'], 60_000, stop.signal)).toEqual({ outcome: 'enough', asked: [] });
  });

  it('fails with what it asks', async () => {
    const failing = poll(() => Promise.reject(new Error('denied')), { withinMs: 60_000, everyMs: 1_000 });
    await expect(failing).rejects.toThrow('denied');
  });
});

describe('pause', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits so long', async () => {
    const paused = pause(1_000, undefined).then(() => 'over');
    await vi.advanceTimersByTimeAsync(999);
    expect(await Promise.race([paused, 'not yet'])).toBe('not yet');
    await vi.advanceTimersByTimeAsync(1);
    expect(await paused).toBe('over');
  });

  it('ends on the signal, and leaves no timer', async () => {
    const stop = new AbortController();
    const paused = pause(1_000, stop.signal);
    stop.abort();
    await paused;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not begin where the signal came first', async () => {
    await pause(1_000, AbortSignal.abort());
    expect(vi.getTimerCount()).toBe(0);
  });
});
