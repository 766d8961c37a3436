import { Command } from 'commander';
import { DEFAULT_STACK } from '#bench/targets/target.ts';
import { verbose } from '../options/values.ts';
import { parseCommand } from '../parse-command.ts';

export type DestroyOptions = { stack: string; keepTables: boolean };

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseDestroyOptions(args: readonly string[]): DestroyOptions | null {
  const command = new Command('npm run destroy:localstack --')
    .description(
      'Removes the stack from LocalStack or a compatible emulator, with its runs, tables, failed batches and logs.',
    )
    .option('--stack <name>', 'name of the deployed stack', DEFAULT_STACK)
    .option('--keep-tables', 'keep runs and tables in the database, for example because the database is gone', false)
    .addOption(verbose())
    .addHelpText('after', '\nEnvironment:\n  AWS_ENDPOINT_URL   URL of the emulator; default: http://127.0.0.1:4566');
  return parseCommand(command, args);
}
