import { type Command, CommanderError } from 'commander';
import { UsageError } from '#text/usage-error.ts';

/**
 * Reads a command line; where it can't be used, Commander neither prints nor ends the process.
 *
 * @param reword changes what is said of a wrong command line
 * @throws UsageError in one line where the command line can't be used; null where it only asked for help
 */
export function parseCommand<Options extends object>(
  command: Command,
  args: readonly string[],
  reword: (line: string) => string = (line) => line,
): Options | null {
  try {
    command
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UsageError(`${reword(oneLine(error.message))}; see --help`);
  }
  return command.opts<Options>();
}

/** `error: option '--rate <events/s>' argument '0' is invalid. expected …` in the words of all our errors. */
function oneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/^unknown option (.*)\n\(Did you mean (.*)\?\)$/s, 'unknown option $1 (perhaps $2)')
    .replace(/\n.*$/s, '')
    .replace(/^unknown/, 'Unknown')
    .replace(/^option '(--[a-z-]+)[^']*' argument '(.*)' is invalid\. /s, "Invalid $1 '$2': ")
    .replace(/Allowed choices are /, 'expected one of ')
    .replace(/^option '(--[a-z-]+) (.*)' argument missing$/s, 'Missing value of $1: expected $2')
    .replace(/\.$/, '');
}
