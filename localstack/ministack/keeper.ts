import { keepForParent } from '../embedded/lifetime/keep-for-parent.ts';
import { startServer } from './server.ts';

// The program of a process of its own.
await keepForParent(() => startServer(process.argv[2] ?? ''));
