import type { Display } from '../run/display.ts';
import { type BatchCalls, finishCounting } from '../run/finish-counting.ts';
import type { IsolatedRun } from '../run/isolated-run.ts';
import type { LoadAccount } from '../run/load.ts';
import type { MappingSettings } from '../run-settings.ts';
import type { Target } from '../targets/target.ts';

/** A run whose stream is counted by one path at a time. */
export type SinglePathRun = {
  readonly target: Target;
  readonly run: IsolatedRun;
  /** What was sent so far. */
  readonly account: LoadAccount;
  readonly display: Display;
  readonly signal: AbortSignal;
};

/** Counts all that was sent with the scheduled batch. */
export function countByBatch({ target, run, account, signal }: SinglePathRun): Promise<BatchCalls> {
  const { receipts } = account;
  return finishCounting(target, run, { receipts, paths: ['scheduledBatch'], batchingWindowSeconds: 0, signal });
}

/** Lets the micro-batch path, whose mapping waits for no batch to fill, count all that was sent. */
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
 * Attaches the mapping, and lets the micro-batch path count all that was sent.
 *
 * @returns when the mapping was asked for (epoch ms), and what it was made with
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

/** Ends the scheduled batch's idle environments, where the target can do that: its next invocation is a cold one then. */
export function endIdleBatches({ killEnvironment, outputs }: Target): void {
  const isIdleBatch = ({ functionName, busy }: { functionName: string; busy: boolean }): boolean =>
    functionName === outputs.scheduledBatchFunction && !busy;
  while (killEnvironment(isIdleBatch, () => 0) !== null);
}
