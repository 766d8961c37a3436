import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import type { Kept } from '../lifetime/keep-for-parent.ts';
import { findBinaries, reachableBinaries } from './binaries.ts';

const USER = 'tidemark';

/**
 * A PostgreSQL server with a data folder of its own, both gone after `stop`.
 *
 * @param options `port` 0: the system chooses
 */
export async function startCluster({ port: wanted }: { port: number }): Promise<Kept> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-postgres-'));
  const owner = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  try {
    if (owner !== undefined) {
      await chmod(folder, 0o755);
      await chown(folder, owner.uid, owner.gid);
    }
    const found = await findBinaries();
    const { initdb, postgres } = owner === undefined ? found : await reachableBinaries(found, folder);
    const data = join(folder, 'data');
    const password = randomBytes(16).toString('hex');
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, password);
    if (owner !== undefined) await chown(passwordFile, owner.uid, owner.gid);

    const options = [`--pgdata=${data}`, `--username=${USER}`, `--pwfile=${passwordFile}`];
    const creation = run(
      initdb,
      [...options, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'],
      owner,
    );
    await succeeded(creation, 'initdb');
    await rm(passwordFile);
    const { server, port } = await startServer(postgres, data, owner, wanted);
    return {
      url: `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await stopServer(server);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

type Owner = { uid: number; gid: number };
type Running = { child: ChildProcess; output: () => string };

/** Somebody who owns nothing, since PostgreSQL refuses to run as root; no user is added to the machine for it. */
function unprivilegedUser(): Owner {
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function run(program: string, options: string[], owner: Owner | undefined): Running {
  let output = '';
  const child = spawn(program, options, {
    ...owner,
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(error.message)));
  return { child, output: () => output };
}

async function succeeded({ child, output }: Running, what: string): Promise<void> {
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`${what} failed (${signal ?? `exit code ${code}`}): ${lastLine(output())}`);
}

async function startServer(postgres: string, data: string, owner: Owner | undefined, wanted: number) {
  for (let tried = 1; ; tried++) {
    const port = wanted || (await freePort());
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`, 'max_connections=100'];
    const running = run(postgres, ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], owner);
    if (await isReady(running)) return { server: running.child, port };
    // Somebody else can have taken a port that was free.
    if (wanted !== 0 || tried === 3) throw new Error(`PostgreSQL did not start: ${lastLine(running.output())}`);
  }
}

function isReady({ child, output }: Running): Promise<boolean> {
  return new Promise((resolve) => {
    child.stderr?.on('data', () => {
      if (output().includes('database system is ready to accept connections')) resolve(true);
    });
    child.on('close', () => resolve(false));
  });
}

const FAST_SHUTDOWN_MS = 5000;

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const closed = once(server, 'close');
  server.kill('SIGINT'); // fast: ends sessions
  const impatience = setTimeout(() => server.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
  await closed;
  clearTimeout(impatience);
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}
