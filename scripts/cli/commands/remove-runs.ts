import { Command } from 'commander';
import type { TargetName } from '#bench/targets/target.ts';
import { refuseOptionsOfOtherTarget, stackOption, targetOption } from '../options/target-options.ts';
import { parseCommand } from '../parse-command.ts';

/** Which runs are to be removed, and where. */
export type RemovalOptions = { target: TargetName; stack: string; all: boolean; runs: string[] };

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseRemovalOptions(args: readonly string[]): RemovalOptions | null {
  const command = new Command('npm run remove-runs --')
    .description('Lists the benchmark runs that are still there, or removes them: stream, mapping and tables.')
    .argument('[runs...]', 'ids of the runs to remove')
    .option('--all', 'remove every run, kept ones and those under way elsewhere too', false)
    .addOption(targetOption())
    .addOption(stackOption())
    .option('--verbose', 'print the stack of an error')
    .addHelpText(
      'after',
      '\nEmbedded: DATABASE_URL names the database; without it there is nothing that a run could have left.',
    );
  const options = parseCommand<Omit<RemovalOptions, 'runs'>>(command, args);
  if (options === null) return null;
  refuseOptionsOfOtherTarget(command);
  return { ...options, runs: command.args };
}
