/**
 * Repeats a question until there is an answer.
 *
 * @param ask returns null while there is no answer yet
 * @returns null if the time has passed without an answer
 * @throws whatever `ask` throws; the signal's reason once it is aborted
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

/** Waits until the time has passed or the signal is aborted. It never rejects. */
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
