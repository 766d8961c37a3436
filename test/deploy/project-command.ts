import { spawn } from 'node:child_process';
import { type CommandEnd, collectOutput, PROJECT } from '../support/command-run.ts';

export type RunningCommand = { pid: number; ended: Promise<CommandEnd>; end(signal: NodeJS.Signals): void };

const running = new Set<RunningCommand>();
process.on('disconnect', () => process.exit(1)); // who runs the tests is gone: nobody waits for what is going on here
process.on('exit', () => running.forEach((one) => void one.end('SIGKILL')));

export type CommandOptions = { env: Record<string, string>; input?: Buffer };

/** `npm run <script> -- <args>` as a user types it, in a process group of its own, as in a terminal. */
export function startCommand(script: string, args: string[], { env, input }: CommandOptions): RunningCommand {
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    cwd: PROJECT,
    env: { ...process.env, npm_config_loglevel: 'error', ...env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output = collectOutput(child);
  child.stdin.on('error', () => undefined); // a command may end before it has read all of its input
  child.stdin.end(input);
  const pid = child.pid as number;
  const ended = output.ended.finally(() => running.delete(command));
  const command: RunningCommand = { pid, ended, end: (signal) => void process.kill(-pid, signal) };
  running.add(command);
  return command;
}

/** Runs it to its end, and notes how long that took. */
export async function runCommand(script: string, args: string[], options: CommandOptions): Promise<CommandEnd> {
  return timed(`npm run ${[script, ...args].join(' ')}`, () => startCommand(script, args, options).ended);
}

const times: string[] = [];

/** Does something and notes how long it took. */
export async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const startedMs = performance.now();
  try {
    return await work();
  } finally {
    times.push(`${((performance.now() - startedMs) / 1000).toFixed(1).padStart(7)} s  ${what}`);
  }
}

/** Puts a line of its own among the times. */
export function note(text: string): void {
  times.push(`           ${text}`);
}

/** What was timed so far, one line each. */
export function renderTimes(): string {
  return times.join('\n');
}

/** What a command printed that had to succeed. */
export function succeeded({ code, stdout, stderr }: CommandEnd): string {
  if (code !== 0) throw new Error(`Expected success, got exit code ${code}:\n${stderr}\n${stdout}`);
  return stdout;
}
