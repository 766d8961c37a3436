import { Command } from 'commander';
import { DEFAULT_STACK } from '#bench/targets/target.ts';
import { parseCommand } from '../parse-command.ts';

export type DestroyOptions = { stack: string; keepTables: boolean };

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseDestroyOptions(args: readonly string[]): DestroyOptions | null {
  const command = new Command('npm run destroy:localstack --')
    .description('Removes the stack from an emulator with all that belongs to it: runs, tables, failed batches, logs.')
    .option('--stack <name>', 'name of the stack', DEFAULT_STACK)
    .option('--keep-tables', 'leave runs and tables in the database, such as where it is gone already', false)
    .option('--verbose', 'print the stack of an error')
    .addHelpText('after', '\nEnvironment:\n  AWS_ENDPOINT_URL   the emulator; default: http://127.0.0.1:4566');
  return parseCommand(command, args);
}
