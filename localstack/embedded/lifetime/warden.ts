import type { WardenMessage } from './warden-message.ts';

// Program of a process of its own: outlives the main program by an instant, to end what that could not end itself.
// Children notice on their own that the main program is gone, except one whose event loop is blocked.
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
      // It has ended by itself.
    }
  }
  process.exit(0);
});
