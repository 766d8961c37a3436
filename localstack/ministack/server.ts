import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Kept, keepForParent } from '../embedded/lifetime/keeper.ts';
import { freePort } from '../embedded/local-server.ts';

const PATIENCE_MS = 60_000;
const POLL_MS = 100;
const GRACE_MS = 3_000;
const ATTEMPTS = 3;

/**
 * Starts MiniStack with a new folder for its data; `stop` ends it and deletes the folder.
 *
 * @throws Error with its last line when it cannot start
 */
async function startServer(python: string): Promise<Kept> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-ministack-'));
  try {
    for (let tried = 1; ; tried++) {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const { child, lastLine } = run(python, port, folder);
      const stop = async () => {
        await endGroup(child);
        await rm(folder, { recursive: true, force: true });
      };
      if (await isReady(child, url)) return { url, stop };
      await endGroup(child);
      // Another process may have taken the port.
      if (tried === ATTEMPTS) throw new Error(`MiniStack did not start: ${lastLine()}`);
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Runs in its own process group, since functions are child processes that outlive MiniStack while they have a connection. */
function run(python: string, port: number, folder: string): { child: ChildProcess; lastLine: () => string } {
  const child = spawn(python, ['-m', 'ministack'], {
    cwd: folder,
    // Functions inherit this environment, so it holds no credentials, profile or endpoint of the user.
    env: {
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), // functions run on the same Node
      HOME: folder,
      TMPDIR: folder,
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 's3'),
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      LAMBDA_EXECUTOR: 'local',
      LOG_LEVEL: 'WARNING',
    },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(error.message)));
  return { child, lastLine: () => output.trim().split('\n').at(-1) ?? '' };
}

async function isReady(child: ChildProcess, url: string): Promise<boolean> {
  const begun = await once(child, 'spawn').catch(() => null);
  const giveUpMs = Date.now() + PATIENCE_MS;
  while (begun !== null && child.exitCode === null && child.signalCode === null && Date.now() < giveUpMs) {
    const answer = await fetch(`${url}/_ministack/ready`).catch(() => null);
    if (answer?.ok) return true;
    await pause();
  }
  return false;
}

async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const ended = child.exitCode === null && child.signalCode === null ? once(child, 'close') : null;
  const giveUpMs = Date.now() + GRACE_MS;
  for (let signal: 'SIGTERM' | 0 = 'SIGTERM'; killGroup(pid, signal) && Date.now() < giveUpMs; signal = 0)
    await pause();
  killGroup(pid, 'SIGKILL');
  await ended;
}

/** @returns whether the group still exists */
function killGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

// This file is the keeper's program; its argument is the Python that runs MiniStack.
await keepForParent(() => startServer(process.argv[2] ?? ''));
