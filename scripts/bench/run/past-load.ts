import type { LoadLine } from '../load/line.ts';
import { type PackOptions, packLines } from '../load/pack.ts';
import { type ProducerResult, sendRecords } from '../load/producer.ts';
import type { Target } from '../targets/target.ts';
import type { LoadAccount } from './load-account.ts';

export type PastLoad = {
  lines: Iterable<LoadLine>;
  /** Event time of offset 0, epoch ms: so long ago that every line is due. */
  startMs: number;
  packing: PackOptions;
  /** Called for every record that was sent. */
  onSent?: () => void;
};

/**
 * Sends events of the past as fast as the stream takes them, and enters them into the account.
 *
 * @throws SendError; the signal's reason once that has come
 */
export async function sendPastLoad(
  target: Target,
  streamName: string,
  account: LoadAccount,
  { lines, startMs, packing, onSent }: PastLoad,
  signal: AbortSignal,
): Promise<ProducerResult> {
  const sent = await sendRecords({
    client: target.producer,
    streamName,
    startMs,
    signal,
    records: packLines(lines, packing),
    onSent(record, taken) {
      account.enter(record, taken, startMs);
      onSent?.();
    },
  });
  signal.throwIfAborted();
  return sent;
}
