import type { LedgerRow } from '#functions/contract.ts';

/**
 * The invocations that counted nothing of what was sent to warm them up.
 *
 * @param warmUpEnds per shard, the last sequence number of the warm-up
 */
export function afterWarmUp(ledger: readonly LedgerRow[], warmUpEnds: ReadonlyMap<string, bigint>): LedgerRow[] {
  return ledger.filter(({ shards }) =>
    shards.every(({ shardId, first }) => first === null || BigInt(first) > (warmUpEnds.get(shardId) ?? -1n)),
  );
}
