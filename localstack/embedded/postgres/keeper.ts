import { keepForParent } from '../lifetime/keep-for-parent.ts';
import { startCluster } from './cluster.ts';

// The program of a process of its own.
await keepForParent(() => startCluster({ port: Number(process.argv[2] ?? 0) }));
