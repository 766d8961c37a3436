import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pause } from '#bench/targets/poll.ts';

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
