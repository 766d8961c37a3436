import type { WardenMessage } from './start-warden.ts';

// Child program that outlives the main program by an instant, and kills the children that the main program left behind.
// A child notices on its own that the main program has ended, unless its event loop is blocked.
const guarded = new Set<number>();

process.on('message', (message: WardenMessage) => {
  if (message.kind === 'guard') guarded.add(message.pid);
  else guarded.delete(message.pid);
});

process.on('disconnect', () => {
  for (const pid of guarded) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The process has already ended.
    }
  }
  process.exit(0);
});
