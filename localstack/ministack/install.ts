import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EmbeddedStackError } from '../embedded/errors.ts';

const run = promisify(execFile);

export type Installation = {
  /** Folder that keeps one virtual environment per set of pins. */
  folder: string;
  requirements?: string;
  env?: NodeJS.ProcessEnv;
};

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
const OLDEST_PYTHON = [3, 10] as const;

/**
 * Makes sure that MiniStack is installed as pinned, in a virtual environment of its own, from the index that pip is set up
 * with. One that is there is used again, until the pins change.
 *
 * @returns the environment's Python, which runs it as `-m ministack`
 * @throws EmbeddedStackError in one line where Python is missing or too old, or pip can't install it
 */
export async function installMinistack({
  folder,
  requirements = REQUIREMENTS,
  env = process.env,
}: Installation): Promise<string> {
  const version = await pythonVersion(env);
  const pins = await readFile(requirements, 'utf8');
  const kept = join(folder, createHash('sha256').update(version).update(pins).digest('hex').slice(0, 12));
  if (!existsSync(kept)) await install(kept, requirements, folder, env);
  return pythonIn(kept);
}

async function install(kept: string, requirements: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Two may install side by side: an environment is seen only once it is whole.
  const draft = await mkdtemp(join(folder, 'draft-'));
  try {
    await run('python3', ['-m', 'venv', draft], { env });
    const quietly = ['--quiet', '--disable-pip-version-check', '--no-input', '--retries', '2'];
    await run(pythonIn(draft), ['-m', 'pip', 'install', ...quietly, '--requirement', requirements], { env });
    await rename(draft, kept);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    if (existsSync(kept)) return; // somebody else has just put the same there
    throw new EmbeddedStackError(
      `MiniStack can't be installed: ${reasonOf(cause as Failure)}: check pip and its index, or deploy to another emulator`,
      { cause },
    );
  }
}

/** @throws EmbeddedStackError where there is none that can run it */
async function pythonVersion(env: NodeJS.ProcessEnv): Promise<string> {
  const oldest = OLDEST_PYTHON.join('.');
  const { stdout } = await run('python3', ['--version'], { env }).catch((cause: Error) => {
    throw new EmbeddedStackError(
      `MiniStack needs python3, and there is none on the PATH: install Python ${oldest} or newer, or deploy to another emulator`,
      { cause },
    );
  });
  const [major = 0, minor = 0] = stdout.replace('Python ', '').split('.').map(Number);
  if (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]) return stdout.trim();
  throw new EmbeddedStackError(
    `MiniStack needs Python ${oldest} or newer, and python3 is ${stdout.trim()}: put another on the PATH`,
  );
}

function pythonIn(environment: string): string {
  return process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
}

type Failure = Error & { stdout?: string; stderr?: string };

const LONGEST_REASON = 200;

/** What pip complains of first, or else what was said first; the rest follows from it. */
function reasonOf({ stderr, stdout, message }: Failure): string {
  const said = stderr?.trim() || stdout?.trim() || message;
  const error = /^ERROR: (.+)$/m.exec(said)?.[1] ?? said.split(/\n\s*\n/)[0] ?? '';
  return error
    .replace(/ \(from versions: .*\)/, '')
    .replaceAll(/\s+/g, ' ')
    .slice(0, LONGEST_REASON);
}
