import { Command, CommanderError } from 'commander';
import { endWith } from './command-end.ts';
import { listRuns, removeRun } from './run/left-runs.ts';
import { startEmbedded } from './targets/embedded.ts';
import { UsageError } from './usage-error.ts';

const command = new Command('npm run remove-runs --')
  .description('Lists the benchmark runs that are still there, or removes them: stream, mapping and tables.')
  .argument('[runs...]', 'ids of the runs to remove')
  .option('--all', 'remove every run, kept ones and those under way elsewhere too')
  .addHelpText('after', '\nDATABASE_URL names the database; without it there is nothing that a run could have left.')
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

await endWith(async () => {
  try {
    command.parse();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw new UsageError(`${error.message.replace(/^error: /, '')}; see --help`);
  }
  const databaseUrl = process.env.DATABASE_URL || undefined;
  if (databaseUrl === undefined) {
    throw new UsageError(
      'No DATABASE_URL: expected the database that the runs used; an embedded one goes with its run',
    );
  }
  const target = await startEmbedded({ databaseUrl, kinesisPort: 0, lambdaPort: 0, onStep: () => undefined });
  try {
    const present = await listRuns(target);
    const wanted = command.opts<{ all?: boolean }>().all ? present : command.args;
    const unknown = wanted.find((run) => !present.includes(run));
    if (unknown !== undefined) {
      throw new UsageError(
        `No run '${unknown}': expected one of ${present.join(', ') || 'none: there is no run left'}`,
      );
    }
    for (const run of wanted) {
      await removeRun(target, run);
      process.stdout.write(`removed ${run}\n`);
    }
    const left = present.filter((run) => !wanted.includes(run));
    process.stdout.write(left.length === 0 ? 'No runs are left.\n' : `Left: ${left.join(', ')}\n`);
    return 0;
  } finally {
    await target.close();
  }
});
