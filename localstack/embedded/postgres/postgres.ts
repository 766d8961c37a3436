import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EmbeddedStackError } from '../errors.ts';

/** A real PostgreSQL on 127.0.0.1, its superuser's URL, and its end. */
export type EmbeddedPostgres = { url: string; close(): Promise<void> };

/**
 * Starts a PostgreSQL in a process group of its own on a port that the system chooses. It ends, and its data folder goes,
 * on `close` and also when this process ends in any other way.
 *
 * @throws EmbeddedStackError with the server's last line where it can't start
 */
export async function startPostgres(): Promise<EmbeddedPostgres> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href; // from here, whatever folder this runs in
  const keeper = fork(fileURLToPath(new URL('keeper.ts', import.meta.url)), {
    execArgv: ['--import', loader],
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(keeper, 'exit');
  const started = await Promise.race([
    once(keeper, 'message').then(([message]) => message as { url?: string; error?: string }),
    ended.then(() => ({ error: 'its keeper ended early' }) as { url?: string; error?: string }),
  ]);
  if (started.url === undefined)
    throw new EmbeddedStackError(`PostgreSQL can't start here: ${started.error}; set DATABASE_URL instead`);
  return {
    url: started.url,
    async close() {
      if (keeper.connected) keeper.disconnect();
      await ended;
    },
  };
}
