import { EmbeddedStackError } from '#localstack/embedded/errors.ts';
import { UsageError } from '#text/usage-error.ts';

/** How a command ends, told to whoever called it. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;

/**
 * Runs a command to its end and leaves with its exit code, whatever still waits for input. An error is one line, and its
 * stack only with --verbose.
 */
export async function endWith(command: () => Promise<number>): Promise<never> {
  // Speaks to whoever runs functions on Node 20, not to whoever reads a report.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  try {
    process.exit(await command());
  } catch (error) {
    tellFailure(error);
    process.exit(error instanceof UsageError || error instanceof EmbeddedStackError ? EXIT.wrongUse : EXIT.failed);
  }
}

/** Says on standard error what failed, also where the command goes on. */
export function tellFailure(error: unknown, before = ''): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${before}${process.argv.includes('--verbose') ? stack : message}\n`);
}

/** The exit code of a command that has something to show, however it ended: wrong counts weigh more than missing ones. */
export function exitCodeOf(end: { exact: boolean; complete: boolean; failed: boolean }): number {
  if (end.failed || !end.exact) return EXIT.failed;
  return end.complete ? EXIT.done : EXIT.interrupted;
}
