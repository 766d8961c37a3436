import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedStackError } from '../embedded/errors.ts';

const run = promisify(execFile);

type PythonPackages = {
  /** Name of the software, for messages. */
  what: string;
  /** Advice for those who cannot install it, for messages. */
  otherwise: string;
  /** File with one exact version a line. */
  requirements: string;
  /** Folder with one virtual environment per set of pins. */
  folder: string;
  env?: NodeJS.ProcessEnv | undefined;
};

const OLDEST_PYTHON = [3, 10] as const;

/**
 * Installs pinned Python packages into their own virtual environment, from pip's configured index. An existing environment
 * is used again until the pins change.
 *
 * @returns the environment's Python
 * @throws EmbeddedStackError in one line when Python is missing or too old, or pip fails
 */
export async function installPackages(packages: PythonPackages): Promise<string> {
  const version = await pythonVersion(packages);
  const pins = await readFile(packages.requirements, 'utf8');
  const kept = join(packages.folder, createHash('sha256').update(version).update(pins).digest('hex').slice(0, 12));
  if (!existsSync(kept)) await install(kept, packages);
  return pythonIn(kept);
}

async function install(kept: string, packages: PythonPackages): Promise<void> {
  const { what, otherwise, requirements, folder, env = process.env } = packages;
  await mkdir(folder, { recursive: true });
  // Two processes may install at once, so an environment gets its name only when it is complete.
  const draft = await mkdtemp(join(folder, 'draft-'));
  try {
    await run('python3', ['-m', 'venv', draft], { env });
    const quietly = ['--quiet', '--disable-pip-version-check', '--no-input', '--retries', '2'];
    await run(pythonIn(draft), ['-m', 'pip', 'install', ...quietly, '--requirement', requirements], { env });
    await rename(draft, kept);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    if (existsSync(kept)) return; // another process has just installed the same
    throw new EmbeddedStackError(
      `${what} can't be installed: ${reasonOf(cause as Failure)}: check pip and its index, or ${otherwise}`,
      { cause },
    );
  }
}

/** @throws EmbeddedStackError when Python is missing or too old */
async function pythonVersion({ what, otherwise, env = process.env }: PythonPackages): Promise<string> {
  const oldest = OLDEST_PYTHON.join('.');
  const { stdout } = await run('python3', ['--version'], { env }).catch((cause: Error) => {
    throw new EmbeddedStackError(
      `${what} needs python3, which is not on the PATH: install Python ${oldest} or newer, or ${otherwise}`,
      { cause },
    );
  });
  const [major = 0, minor = 0] = stdout.replace('Python ', '').split('.').map(Number);
  if (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]) return stdout.trim();
  throw new EmbeddedStackError(
    `${what} needs Python ${oldest} or newer, and python3 is ${stdout.trim()}: put another on the PATH`,
  );
}

function pythonIn(environment: string): string {
  return process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
}

type Failure = Error & { stdout?: string; stderr?: string };

const LONGEST_REASON = 200;

/** First error of pip, otherwise its first output; later lines only follow from it. */
function reasonOf({ stderr, stdout, message }: Failure): string {
  const said = stderr?.trim() || stdout?.trim() || message;
  const error = /^ERROR: (.+)$/m.exec(said)?.[1] ?? said.split(/\n\s*\n/)[0] ?? '';
  return error
    .replace(/ \(from versions: .*\)/, '')
    .replaceAll(/\s+/g, ' ')
    .slice(0, LONGEST_REASON);
}
