import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A process that keeps something for this one: a database, an emulator. */
export type Keeper = {
  url: string;
  /** Resolves when the keeper has ended, by `close` or otherwise. */
  ended: Promise<unknown>;
  close(): Promise<void>;
};

/**
 * Starts a keeper in its own process group. The keeper and what it keeps end on `close`, and also when this process ends
 * in any other way.
 *
 * @param program a file that calls `keepForParent`
 * @throws Error with the reason when the kept program cannot start
 */
export async function startKeeper(program: URL, args: readonly string[] = []): Promise<Keeper> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href; // found from this file, since the working directory may be any folder
  const keeper = fork(fileURLToPath(program), args, {
    execArgv: ['--import', loader],
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(keeper, 'exit');
  const started = await Promise.race([
    once(keeper, 'message').then(([message]) => message as { url?: string; error?: string }),
    ended.then(() => ({ error: 'the keeper process ended early' }) as { url?: string; error?: string }),
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

/** A started program: its URL, and how to stop it. */
export type Kept = { url: string; stop(): Promise<void> };

/**
 * Runs in the keeper's process: starts a program for the parent process, and stops it when the parent ends. A clean end,
 * Ctrl-C and SIGKILL all close the parent's end of the channel.
 */
export async function keepForParent(start: () => Promise<Kept>): Promise<void> {
  const channelClosed = new Promise<void>((resolve) => process.once('disconnect', resolve));
  process.on('SIGTERM', () => process.disconnect());
  process.on('SIGINT', () => undefined); // the parent handles a terminal's Ctrl-C
  try {
    const { url, stop } = await start();
    if (process.connected) process.send?.({ url });
    await channelClosed;
    await stop();
  } catch (error) {
    process.send?.({ error: (error as Error).message });
    process.exitCode = 1;
    if (process.connected) process.disconnect();
  }
}
