import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const TSX = fileURLToPath(new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url));

export type CommandEnd = { code: number | null; stdout: string; stderr: string };

/** Collects what a process prints until it has closed. */
export function collectOutput(child: ChildProcess): { stderr: () => string; ended: Promise<CommandEnd> } {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]): CommandEnd => ({ code, stdout, stderr }));
  return { stderr: () => stderr, ended };
}

/** Runs `scripts/<name>.ts` to its end, in a process and a working folder that the test gives. */
export function runScript(name: string, args: readonly string[], folder = PROJECT): Promise<CommandEnd> {
  const script = ['--import', TSX, `${PROJECT}scripts/${name}.ts`, ...args];
  return collectOutput(spawn(process.execPath, script, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })).ended;
}
