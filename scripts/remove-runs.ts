import { listRuns, removeRun } from './bench/run/left-runs.ts';
import { openTarget } from './bench/targets/open-target.ts';
import { EXIT, endWith } from './cli/command-end.ts';
import { parseRemovalOptions, type RemovalOptions } from './cli/commands/remove-runs.ts';
import { UsageError } from './text/usage-error.ts';

await endWith(async () => {
  const options = parseRemovalOptions(process.argv.slice(2));
  return options === null ? EXIT.done : removeRuns(options);
});

async function removeRuns({ target: name, stack, all, runs }: RemovalOptions): Promise<number> {
  const databaseUrl = process.env.DATABASE_URL || undefined;
  if (name === 'embedded' && databaseUrl === undefined) {
    throw new UsageError(
      'No DATABASE_URL: expected the database that the runs used, since an embedded one ends with its run; set it, or name another --target',
    );
  }
  const embedded = { databaseUrl, kinesisPort: 0, lambdaPort: 0, onStep: () => undefined };
  const target = await openTarget({ target: name, stack, ...embedded });
  try {
    const present = await listRuns(target);
    const wanted = all ? present : runs;
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
    return EXIT.done;
  } finally {
    await target.close();
  }
}
