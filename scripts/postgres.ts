import { once } from 'node:events';
import { Command } from 'commander';
import { listenLocally } from '../localstack/embedded/local-server.ts';
import { startPostgres } from '../localstack/embedded/postgres/postgres.ts';
import { EXIT, endWith } from './cli/command-end.ts';
import { onInterrupt } from './cli/interrupt.ts';
import { port } from './cli/options/values.ts';
import { parseCommand } from './cli/parse-command.ts';

const command = new Command('npm run postgres --')
  .description('Runs a real PostgreSQL until Ctrl-C, for whoever has none: it starts empty, and its data goes with it.')
  .addOption(port('--port'))
  .option('--verbose', 'print the stack of an error');

await endWith(async () => {
  const options = parseCommand<{ port: number }>(command, process.argv.slice(2));
  if (options === null) return EXIT.done;
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
