import type { Limit } from '../limits/limit.ts';

/** The first of the limits that can't be kept, in words; empty where all can. */
export function whyImpossible({ limits }: { readonly limits: readonly Limit[] }): string {
  return limits.find(({ possible }) => !possible)?.text ?? '';
}
