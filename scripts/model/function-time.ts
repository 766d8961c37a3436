import type { Deployment } from './deployment.ts';
import { ASSUMPTIONS } from './parameters.ts';

/** How much longer CPU time takes with a function's share of a core. */
export function slowdown(memoryMb: number): number {
  return Math.max(1, ASSUMPTIONS.memoryMbPerCore / memoryMb) * ASSUMPTIONS.cpuFactor;
}

export function gbSecondsOf(durationMs: number, { memoryMb }: Pick<Deployment, 'memoryMb'>): number {
  return (Math.ceil(durationMs) / 1_000) * (memoryMb / 1_024);
}
