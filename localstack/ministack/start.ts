import { fileURLToPath } from 'node:url';
import { EmbeddedStackError, messageOf } from '../embedded/errors.ts';
import { type Keeper, startKeeper } from '../embedded/lifetime/keeper.ts';
import { installPackages } from './python-packages.ts';

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));

/**
 * Installs the pinned version of MiniStack, unless it is there; see python-packages.ts.
 *
 * @param folder holds one virtual environment per set of pins
 * @returns the environment's Python, which runs MiniStack as `-m ministack`
 * @throws EmbeddedStackError in one line when Python is missing or too old, or pip fails
 */
export function installMinistack({
  folder,
  requirements = REQUIREMENTS,
  env,
}: {
  folder: string;
  requirements?: string;
  env?: NodeJS.ProcessEnv;
}): Promise<string> {
  return installPackages({ what: 'MiniStack', otherwise: 'deploy to another emulator', requirements, folder, env });
}

/** MiniStack on this machine; `url` serves all of its services. */
export type Ministack = Keeper;

/**
 * Starts an empty MiniStack on a free port. MiniStack and its functions end and its data is deleted on `close`, and also
 * when this process ends in any other way.
 *
 * @param python the path that `installMinistack` returns
 * @throws EmbeddedStackError with its last line when it cannot start
 */
export async function startMinistack(python: string): Promise<Ministack> {
  try {
    return await startKeeper(new URL('server.ts', import.meta.url), [python]);
  } catch (cause) {
    throw new EmbeddedStackError(`MiniStack can't start here: ${messageOf(cause)}`, { cause });
  }
}
