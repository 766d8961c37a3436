import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { WardenMessage } from './warden-message.ts';

/** A process that kills the guarded ones as soon as this one is gone, however it went. */
export type Warden = { guard(pid: number): void; release(pid: number): void; close(): Promise<void> };

export function startWarden(program: string): Warden {
  const child = fork(program, [], { detached: true, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const ended = once(child, 'exit');
  // A warden that was ended from outside guards nothing any more; the stack runs on.
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
