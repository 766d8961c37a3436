import { Command } from 'commander';
import type { TargetName } from '#bench/targets/target.ts';
import { refuseOptionsOfOtherTarget, stackOption, targetOption } from '../options/target-options.ts';
import { verbose } from '../options/values.ts';
import { parseCommand } from '../parse-command.ts';

/** The runs to remove, and the target. */
export type RemovalOptions = { target: TargetName; stack: string; all: boolean; runs: string[] };

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseRemovalOptions(args: readonly string[]): RemovalOptions | null {
  const command = new Command('npm run remove-runs --')
    .description('Removes what benchmark runs have left: stream, mapping and tables. Lists the runs if none is named.')
    .argument('[runs...]', 'ids of the runs to remove')
    .option('--all', 'remove all runs, also kept ones and those that still go on elsewhere', false)
    .addOption(targetOption())
    .addOption(stackOption())
    .addOption(verbose())
    .addHelpText(
      'after',
      '\nEnvironment:\n  DATABASE_URL   embedded: the database that the runs used; required, since its own database ends with a run',
    );
  const options = parseCommand<Omit<RemovalOptions, 'runs'>>(command, args);
  if (options === null) return null;
  refuseOptionsOfOtherTarget(command);
  return { ...options, runs: command.args };
}
