import { EmbeddedStackError } from '#localstack/embedded/errors.ts';
import { UsageError } from '#text/usage-error.ts';

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;

/**
 * Runs a command and ends the process with its exit code, even while something still waits for input. An error is
 * printed in one line, with its stack only after --verbose.
 */
export async function endWith(command: () => Promise<number>): Promise<never> {
  // The SDK's warning about Node 20 is for its developers; users of a command can't act on it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  try {
    process.exit(await command());
  } catch (error) {
    tellFailure(error);
    process.exit(error instanceof UsageError || error instanceof EmbeddedStackError ? EXIT.wrongUse : EXIT.failed);
  }
}

/** Prints an error to standard error; the command may go on. */
export function tellFailure(error: unknown, before = ''): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${before}${process.argv.includes('--verbose') ? stack : message}\n`);
}

/** The exit code of a command that has a result. Wrong counts outweigh an interrupt. */
export function exitCodeOf(end: { exact: boolean; complete: boolean; failed: boolean }): number {
  if (end.failed || !end.exact) return EXIT.failed;
  return end.complete ? EXIT.done : EXIT.interrupted;
}

/**
 * Aborts its signal at the first interrupt, so that the command can clean up, and ends the process at the second.
 *
 * @param lastWords printed at the second interrupt: what is left behind
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
