import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Folder in an assembly with one file per process that uses it; the file's name is the process id. */
const USERS = 'users';
const DRAFT = /^draft-(\d+)-/;

/** Returns the prefix of this process's drafts. It holds the process id, so that others can see whether we still run. */
export function draftPrefix(): string {
  return `draft-${process.pid}-`;
}

/** Keeps an assembly from being pruned while this process runs. Returns false if it is gone already. */
export async function markUsed(folder: string): Promise<boolean> {
  try {
    await mkdir(join(folder, USERS)).catch(unlessCode('EEXIST'));
    await writeFile(join(folder, USERS, String(process.pid)), '');
    return true;
  } catch (error) {
    unlessCode('ENOENT')(error as NodeJS.ErrnoException);
    return false;
  }
}

/**
 * Removes the assemblies of older sources and the drafts of killed runs, except those that a process still uses.
 *
 * @param current the assembly to keep; its name up to the dash is shared by the assemblies of the same context
 */
export async function pruneAssemblies(kept: string, current: string): Promise<void> {
  const kind = current.slice(0, current.indexOf('-') + 1);
  for (const name of await readdir(kept)) {
    const maker = DRAFT.exec(name)?.[1];
    if (name === current || (maker === undefined && !name.startsWith(kind))) continue;
    const users = maker === undefined ? await readdir(join(kept, name, USERS)).catch(() => []) : [maker];
    if (users.some((pid) => isRunning(Number(pid)))) continue;
    // The rename takes it away at once, so that no run uses an assembly that is half removed.
    const gone = join(kept, `${draftPrefix()}${name}`);
    await rename(join(kept, name), gone).catch(unlessCode('ENOENT'));
    await rm(gone, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it runs, as another user
  }
}

/** Ignores an error with this code, which another process that does the same can cause. */
function unlessCode(code: string): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (error.code !== code) throw error;
  };
}
