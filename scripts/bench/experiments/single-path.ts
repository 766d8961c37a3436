import type { Display } from '../run/display.ts';
import { type BatchCalls, finishCounting } from '../run/finish-counting.ts';
import type { IsolatedRun } from '../run/isolated-run.ts';
import type { LoadAccount } from '../run/load.ts';
import type { MappingSettings } from '../run-settings.ts';
import type { Target } from '../targets/target.ts';

/** A run in which only one path at a time counts the stream. */
export type SinglePathRun = {
  readonly target: Target;
  readonly run: IsolatedRun;
  /** Account of the records that were sent so far. */
  readonly account: LoadAccount;
  readonly display: Display;
  readonly signal: AbortSignal;
};

/** Counts everything that was sent with the scheduled batch. */
export function countByBatch({ target, run, account, signal }: SinglePathRun): Promise<BatchCalls> {
  const { receipts } = account;
  return finishCounting(target, run, { receipts, paths: ['scheduledBatch'], batchingWindowSeconds: 0, signal });
}

/** Waits until the micro-batch path, whose mapping has no batching window, has counted everything that was sent. */
export async function countByMicroBatch({ target, run, account, display, signal }: SinglePathRun): Promise<void> {
  const { receipts, oracle } = account;
  await finishCounting(target, run, {
    receipts,
    paths: ['microBatch'],
    batchingWindowSeconds: 0,
    onProgress({ microBatch, scheduledBatch }) {
      const phase = 'the micro-batch path catches up';
      display.progress({ leftMs: null, phase, sent: oracle.totals().events, microBatch, scheduledBatch });
    },
    signal,
  });
}

/**
 * Attaches the mapping, and waits until the micro-batch path has counted everything that was sent.
 *
 * @returns time of the request for the mapping, epoch ms, and the mapping's settings
 */
export async function catchUp(
  alone: SinglePathRun,
  batchSize: number | undefined,
): Promise<{ askedMs: number; mapping: MappingSettings }> {
  const askedMs = Date.now();
  const own = { batchingWindowSeconds: 0, ...(batchSize === undefined ? {} : { batchSize }) };
  const mapping = await alone.run.attachMapping(own);
  await countByMicroBatch(alone);
  return { askedMs, mapping };
}

/** Ends the idle environments of the scheduled batch if the target can, so that its next invocation is cold. */
export function endIdleBatches({ killEnvironment, outputs }: Target): void {
  const isIdleBatch = ({ functionName, busy }: { functionName: string; busy: boolean }): boolean =>
    functionName === outputs.scheduledBatchFunction && !busy;
  while (killEnvironment(isIdleBatch, () => 0) !== null);
}
