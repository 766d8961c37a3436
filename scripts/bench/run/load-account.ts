import { createOracle, type Oracle } from '../load/oracle.ts';
import type { LoadRecord } from '../load/pack.ts';
import type { SentRecord } from '../load/producer.ts';
import { createReceipts, type Receipts } from '../load/receipts.ts';

/** The load's own account of what the stream has taken: its counts, and where each record stands. */
export type LoadAccount = {
  readonly oracle: Oracle;
  readonly receipts: Receipts;
  /** @param startMs epoch ms of the load's offset 0 */
  readonly enter: (record: LoadRecord, sent: SentRecord, startMs: number) => void;
};

export function openAccount(windowMs: number): LoadAccount {
  const oracle = createOracle(windowMs);
  const receipts = createReceipts();
  return {
    oracle,
    receipts,
    enter({ events, offsetMs }, { shardId, sequenceNumber, sentMs }, startMs) {
      let counted = 0;
      for (const event of events) {
        oracle.add(event);
        if (event !== null) counted++;
      }
      const intendedMs = startMs + offsetMs;
      receipts.add(shardId, { sequenceNumber, lines: events.length, events: counted, intendedMs, sentMs });
    },
  };
}
