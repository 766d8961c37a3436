import { once } from 'node:events';
import { Command } from 'commander';
import { listenLocally } from '../localstack/embedded/local-server.ts';
import { startPostgres } from '../localstack/embedded/postgres/postgres.ts';
import { EXIT, endWith, onInterrupt } from './cli/command-end.ts';
import { port, verbose } from './cli/options/values.ts';
import { parseCommand } from './cli/parse-command.ts';

const command = new Command('npm run postgres --')
  .description('Runs a PostgreSQL server until Ctrl-C. It starts empty, and its data is deleted at the end.')
  .addOption(port('--port', 'the server'))
  .addOption(verbose());

await endWith(async () => {
  const options = parseCommand<{ port: number }>(command, process.argv.slice(2));
  if (options === null) return EXIT.done;
  const interrupted = onInterrupt();
  // PostgreSQL itself needs five lines to say that the port is taken.
  if (options.port !== 0) await (await listenLocally('PostgreSQL', options.port, () => undefined)).close();
  const postgres = await startPostgres(options);
  process.stdout.write(`export DATABASE_URL=${postgres.url}\n`);
  process.stderr.write('Runs until Ctrl-C; then its data is deleted.\n');
  if (!interrupted.aborted) await Promise.race([once(interrupted, 'abort'), postgres.ended]);
  if (!interrupted.aborted) throw new Error('PostgreSQL was stopped by another process: start it again');
  await postgres.close();
  return EXIT.done;
});
