import { type Command, CommanderError, type Option } from 'commander';
import { UsageError } from '#text/usage-error.ts';

/**
 * Reads a command line. Commander neither prints an error nor ends the process.
 *
 * @param reword changes the message of an error
 * @returns null where the command line only asked for help
 * @throws UsageError in one line where the command line can't be used
 */
export function parseCommand<Options extends object>(
  command: Command,
  args: readonly string[],
  reword: (line: string) => string = (line) => line,
): Options | null {
  try {
    command
      .exitOverride()
      .allowExcessArguments()
      .configureHelp({ helpWidth: 110 })
      .configureOutput({ writeErr: () => undefined })
      .parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UsageError(`${reword(oneLine(error.message))}; see --help`);
  }
  refuseExcess(command);
  return command.opts<Options>();
}

/** The options that the command line names; those that only have a default are not among them. */
export function givenOptions(command: Command): Option[] {
  return command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
}

function refuseExcess(command: Command): void {
  const known = command.registeredArguments;
  const excess = known.at(-1)?.variadic ? undefined : command.args[known.length];
  if (excess === undefined) return;
  const expected = known.length === 0 ? 'options' : `options and ${known.length} arguments`;
  throw new UsageError(`Unexpected argument '${excess}': expected ${expected}, after '${command.name()}'; see --help`);
}

/** Turns `error: option '--rate <events/s>' argument '0' is invalid. expected …` into the form of our own errors. */
function oneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/^unknown option (.*)\n\(Did you mean (.*)\?\)$/s, 'unknown option $1 (perhaps $2)')
    .replace(/\n.*$/s, '')
    .replace(/^unknown/, 'Unknown')
    .replace(/^missing required argument '(.*)'$/, 'Missing argument <$1>')
    .replace(/^option '(--[a-z-]+)[^']*' argument '(.*)' is invalid\. /s, "Invalid $1 '$2': ")
    .replace(/Allowed choices are /, 'expected one of ')
    .replace(/^option '(--[a-z-]+) (.*)' argument missing$/s, 'Missing value of $1: expected $2')
    .replace(/\.$/, '');
}
