import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Warden } from '../lifetime/start-warden.ts';
import type { FunctionDefinition } from './function-definition.ts';

export type EnvironmentProcess = {
  pid: number | undefined;
  /** Ends it and whatever it started, at once. */
  kill(): void;
  output: readonly Readable[];
  /** Resolves when it has ended and all of its output has arrived. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/** Share of the memory size that V8 may use for old objects; the rest is for buffers, code and the young generation. */
const OLD_SPACE_SHARE = 0.9;

/** Starts the program of an environment, in a process group of its own: a terminal's Ctrl-C is not meant for it. */
export function spawnEnvironment(
  definition: FunctionDefinition,
  bootstrap: string,
  env: Record<string, string>,
  warden: Warden,
): EnvironmentProcess {
  const oldSpaceMb = Math.floor(definition.memorySizeMb * OLD_SPACE_SHARE);
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    [`--max-old-space-size=${oldSpaceMb}`, bootstrap],
    { cwd: definition.codeDir, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const { pid } = child;
  if (pid !== undefined) warden.guard(pid);
  return {
    pid,
    kill: () => killGroup(pid),
    output: [child.stdout, child.stderr],
    ended: new Promise((resolve) => {
      child.once('error', () => resolve({ code: null, signal: null }));
      child.once('close', (code, signal) => {
        if (pid !== undefined) warden.release(pid);
        resolve({ code, signal });
      });
    }),
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
