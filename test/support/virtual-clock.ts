/** A clock that stands still while anybody works, and jumps to the next sleeper's time once all of them sleep. */
export type VirtualClock = { now: () => number; sleep: (ms: number) => Promise<void> };

export function virtualClock(startMs: number): VirtualClock {
  let nowMs = startMs;
  let running = false;
  const sleepers: { untilMs: number; wake: () => void }[] = [];

  /** Promises that can go on do so before this runs: whoever is left waits for the clock. */
  function wakeNext(): void {
    sleepers.sort((a, b) => a.untilMs - b.untilMs);
    const next = sleepers.shift();
    running = next !== undefined;
    if (next === undefined) return;
    nowMs = Math.max(nowMs, next.untilMs);
    next.wake();
    setImmediate(wakeNext);
  }

  return {
    now: () => nowMs,
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ untilMs: nowMs + ms, wake });
        if (!running) setImmediate(wakeNext);
        running = true;
      }),
  };
}
