import { once } from 'node:events';
import { Command, CommanderError } from 'commander';
import { listenLocally } from '../localstack/embedded/http/local-server.ts';
import { startPostgres } from '../localstack/embedded/postgres/postgres.ts';
import { EXIT, endWith } from './command-end.ts';
import { onInterrupt } from './interrupt.ts';
import { port } from './options/values.ts';
import { UsageError } from './usage-error.ts';

const command = new Command('npm run postgres --')
  .description('Runs a real PostgreSQL until Ctrl-C, for whoever has none: it starts empty, and its data goes with it.')
  .addOption(port('--port'))
  .option('--verbose', 'print the stack of an error')
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

await endWith(async () => {
  try {
    command.parse();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.done;
    throw new UsageError(`${error.message.replace(/^error: /, '')}; see --help`);
  }
  const options = command.opts<{ port: number }>();
  const interrupted = onInterrupt();
  // PostgreSQL would say in five lines that the port is taken.
  if (options.port !== 0) await (await listenLocally('PostgreSQL', options.port, () => undefined)).close();
  const postgres = await startPostgres(options);
  process.stdout.write(`export DATABASE_URL=${postgres.url}\n`);
  process.stderr.write('Runs until Ctrl-C; then its data is gone.\n');
  if (!interrupted.aborted) await Promise.race([once(interrupted, 'abort'), postgres.ended]);
  if (!interrupted.aborted) throw new Error('PostgreSQL has ended, stopped from elsewhere: start it again');
  await postgres.close();
  return EXIT.done;
});
