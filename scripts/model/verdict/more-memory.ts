import type { Limit } from '../limits/limit.ts';
import type { ModelParameters } from '../parameters.ts';
import type { Scenario } from './scenario.ts';

/** What a function may have in any account, MB; more of it is on request in new ones. */
const ANY_ACCOUNT_MB = 3_008;

/** What more memory, and the CPU that comes with it, helps against. */
const EASED: ReadonlySet<Limit['id']> = new Set(['time', 'interval', 'memory', 'read-calls']);

/** What is tried, in this order, where the memory deployed won't do, MB: a whole core's, and then what any account may have. */
export function moreMemory({ memoryMbPerCore }: ModelParameters, deployedMb: number): number[] {
  return [memoryMbPerCore, ANY_ACCOUNT_MB].filter((memoryMb) => memoryMb > deployedMb);
}

export function isEasedByMemory(broken: readonly Limit['id'][]): boolean {
  return broken.some((id) => EASED.has(id));
}

export function withMemory(scenario: Scenario, memoryMb: number): Scenario {
  return { ...scenario, deployment: { ...scenario.deployment, memoryMb } };
}
