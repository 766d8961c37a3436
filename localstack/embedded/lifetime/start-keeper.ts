import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

export type Keeper = {
  url: string;
  /** When it has ended, by `close` or otherwise. */
  ended: Promise<unknown>;
  close(): Promise<void>;
};

/**
 * Starts a keeper in a process group of its own. It ends, with what it keeps, on `close` and also when this process ends in
 * any other way.
 *
 * @param program a file that calls `keepForParent`
 * @throws Error with the reason where what it keeps can't start
 */
export async function startKeeper(program: URL, args: readonly string[] = []): Promise<Keeper> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href; // from here, whatever folder this runs in
  const keeper = fork(fileURLToPath(program), args, {
    execArgv: ['--import', loader],
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(keeper, 'exit');
  const started = await Promise.race([
    once(keeper, 'message').then(([message]) => message as { url?: string; error?: string }),
    ended.then(() => ({ error: 'its keeper ended early' }) as { url?: string; error?: string }),
  ]);
  if (started.url === undefined) throw new Error(started.error);
  return {
    url: started.url,
    ended,
    async close() {
      if (keeper.connected) keeper.disconnect();
      await ended;
    },
  };
}
