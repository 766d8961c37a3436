import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Message of the main program to its warden: guard this process, or stop guarding it. */
export type WardenMessage = { kind: 'guard' | 'release'; pid: number };

/** A process that kills the guarded processes as soon as this one ends, however it ends. */
export type Warden = { guard(pid: number): void; release(pid: number): void; close(): Promise<void> };

export function startWarden(program: string): Warden {
  const child = fork(program, [], { detached: true, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const ended = once(child, 'exit');
  // If the warden is killed from outside, the stack runs on unguarded.
  child.on('error', () => {});
  const tell = (message: WardenMessage) => {
    if (child.connected) child.send(message);
  };
  return {
    guard: (pid) => tell({ kind: 'guard', pid }),
    release: (pid) => tell({ kind: 'release', pid }),
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
