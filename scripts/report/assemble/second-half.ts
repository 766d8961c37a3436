import type { LedgerRow } from '#functions/contract.ts';

/**
 * What began in the second half of the time. Code that is run for the first time is interpreted and then compiled, which on AWS
 * is little of an environment's hours; how much it is here, the slices of a default run show (`paths.microBatch.slices`:
 * `cpuMs` ÷ `events`).
 */
export function secondHalf(ledger: readonly LedgerRow[]): LedgerRow[] {
  const [first, last] = ledger.reduce(
    ([least, most], { startedMs }) => [Math.min(least, startedMs), Math.max(most, startedMs)] as const,
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as readonly [number, number],
  );
  return ledger.filter(({ startedMs }) => startedMs >= (first + last) / 2);
}
