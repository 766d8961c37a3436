/**
 * Asks until there is an answer.
 *
 * @param ask answers null as long as it is to be asked again
 * @returns null where the time has passed without one
 * @throws whatever it throws; the signal's reason once that has come
 */
export async function poll<Answer>(
  ask: () => Promise<Answer | null>,
  options: { withinMs: number; everyMs: number; signal?: AbortSignal | undefined },
): Promise<Answer | null> {
  const { withinMs, everyMs, signal } = options;
  const giveUpMs = Date.now() + withinMs;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== null || Date.now() + everyMs > giveUpMs) return answer;
    await pause(everyMs, signal);
  }
}

/** Waits so long, or until the signal comes; it never rejects. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
