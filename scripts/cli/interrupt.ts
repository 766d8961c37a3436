import { EXIT } from './command-end.ts';

/**
 * Tells of the first interrupt, for an end in order, and ends at once at the second.
 *
 * @param lastWords what to say then of that which is left
 */
export function onInterrupt(lastWords = ''): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) {
        process.stderr.write(lastWords);
        process.exit(EXIT.interrupted);
      }
      controller.abort();
    });
  }
  return controller.signal;
}
