import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing; one that is there may stay. Level by level, since Node's own recursive mkdir
 * tries for ever where the system makes no folder although the one above is there, as in /proc.
 *
 * @throws the system's error, where something on the way is no folder, can't be made or is denied
 */
export async function makeFolder(folder: string): Promise<void> {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  // Itself at the top of everything.
  if (above !== folder && !existsSync(above)) await makeFolder(above);
  try {
    await mkdir(folder);
  } catch (error) {
    if (isFolder(folder)) return; // made by another meanwhile
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`the system makes no folder '${folder}' in '${above}'`, { cause: error });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
