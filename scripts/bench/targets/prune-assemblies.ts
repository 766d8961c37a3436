import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** In an assembly: a file per process that works with it, named by its id. */
const USERS = 'users';
const DRAFT = /^draft-(\d+)-/;

/** What a draft's name begins with, so that others can tell whether its maker is still there. */
export function draftPrefix(): string {
  return `draft-${process.pid}-`;
}

/** Keeps an assembly from being pruned while this process lives; false where it is gone already. */
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
 * Removes the assemblies of other sources and the drafts of killed runs, but for those that a process still works with.
 *
 * @param current the assembly to keep; others of its kind have the same beginning of the name, up to the dash
 */
export async function pruneAssemblies(kept: string, current: string): Promise<void> {
  const kind = current.slice(0, current.indexOf('-') + 1);
  for (const name of await readdir(kept)) {
    const maker = DRAFT.exec(name)?.[1];
    if (name === current || (maker === undefined && !name.startsWith(kind))) continue;
    const users = maker === undefined ? await readdir(join(kept, name, USERS)).catch(() => []) : [maker];
    if (users.some((pid) => isRunning(Number(pid)))) continue;
    // Out of the way at once, so that nobody takes up what is half gone.
    const gone = join(kept, `${draftPrefix()}${name}`);
    await rename(join(kept, name), gone).catch(unlessCode('ENOENT'));
    await rm(gone, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's
  }
}

/** Passes over an error of this code, which another process going about the same can cause. */
function unlessCode(code: string): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (error.code !== code) throw error;
  };
}
