import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and its missing parents. It goes level by level, because Node's recursive mkdir never returns in a
 * folder where the system makes none, such as /proc.
 *
 * @throws the system's error, if a part of the path is no folder, can't be made or is denied
 */
export async function makeFolder(folder: string): Promise<void> {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder && !existsSync(above)) await makeFolder(above);
  try {
    await mkdir(folder);
  } catch (error) {
    if (isFolder(folder)) return; // another process made it meanwhile
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`the system makes no folder '${folder}' in '${above}'`, { cause: error });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
