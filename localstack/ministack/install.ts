import { fileURLToPath } from 'node:url';
import { installPackages } from './python-packages.ts';

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));

/**
 * Makes sure that MiniStack is installed as pinned; see python-packages.ts.
 *
 * @param folder keeps one virtual environment per set of pins
 * @returns the environment's Python, which runs it as `-m ministack`
 * @throws EmbeddedStackError in one line where Python is missing or too old, or pip can't install it
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
