import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { Shard } from '../kinesis/kinesis-client.ts';
import type { InvocationResult } from '../lambda/invocation-result.ts';
import { readBatchOutcome } from './batch-outcome.ts';
import { afterDiscard, afterFailedRead, afterInvocation, afterRead, afterRefusedRead } from './delivery-events.ts';
import { type Action, type Batch, type DeliveryState, startDelivery } from './delivery-state.ts';
import type { DiscardedBatch } from './failure-record.ts';
import { kinesisEvent, toStreamRecord } from './kinesis-event.ts';
import type { MappingSettings } from './mapping-settings.ts';
import { nextAction } from './next-action.ts';
import type { ShardReader } from './shard-reader.ts';

export type ShardPollerServices = {
  reader: ShardReader;
  streamArn: string;
  functionArn: string;
  /** As they are now: an update counts from the next step on. */
  settings(): MappingSettings;
  /** null: throttled. */
  invoke(event: Buffer): Promise<InvocationResult | null>;
  discard(batch: DiscardedBatch): Promise<void>;
  /** One line when something went wrong or well, as LastProcessingResult. */
  report(result: string): void;
  /** Everything up to this sequence number needs no delivery any more. */
  checkpoint(sequenceNumber: string): void;
};

/** Delivers one shard until its end (true) or until the signal stops it (false). */
export async function pollShard(shard: Shard, services: ShardPollerServices, signal: AbortSignal): Promise<boolean> {
  const { ShardId: shardId } = shard;
  let state: DeliveryState = startDelivery(Date.now(), null);
  let lastRequestId: string | null = null;
  let lastFunctionError: string | null = null;

  const read = async (): Promise<DeliveryState> => {
    const askedMs = Date.now();
    try {
      const answer = await services.reader.read();
      if (answer === null) return afterRefusedRead(state, Date.now());
      const records = answer.page.Records.map((record) => toStreamRecord(record, shardId, services.streamArn));
      return afterRead(state, services.settings(), records, answer.isEnd, askedMs, Date.now());
    } catch (error) {
      services.report(`PROBLEM: ${messageOf(error)}`);
      return afterFailedRead(state, Date.now());
    }
  };

  const invoke = async ({ records }: Batch): Promise<DeliveryState> => {
    const answer = await services.invoke(kinesisEvent(records));
    const settings = services.settings();
    const outcome = readBatchOutcome(answer, records, settings.reportsItemFailures);
    if (answer !== null) {
      lastRequestId = answer.requestId;
      lastFunctionError = answer.functionError;
    }
    services.report(outcome.kind === 'succeeded' ? 'OK' : 'PROBLEM: Function call failed');
    return afterInvocation(state, settings, outcome, Date.now());
  };

  const discard = async (action: Extract<Action, { kind: 'discard' }>): Promise<DeliveryState> => {
    const { reason, records, invocations } = action;
    const { streamArn, functionArn } = services;
    const functionError = lastFunctionError;
    await services.discard({
      reason,
      records,
      invocations,
      shardId,
      streamArn,
      functionArn,
      lastRequestId,
      functionError,
    });
    return afterDiscard(state, records.length, Date.now());
  };

  const act = async (action: Action): Promise<DeliveryState> => {
    switch (action.kind) {
      case 'read':
        return read();
      case 'invoke':
        return invoke(action.batch);
      case 'discard':
        return discard(action);
      case 'wait':
        await pause(action.untilMs - Date.now(), signal);
        return state;
      case 'done':
        return state;
    }
  };

  while (!signal.aborted) {
    const next = nextAction(state, services.settings(), Date.now());
    state = next.state;
    if (next.action.kind === 'done') return true;
    const { checkpoint } = state;
    state = await act(next.action);
    if (state.checkpoint !== null && state.checkpoint !== checkpoint) services.checkpoint(state.checkpoint);
  }
  return false;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, ms), undefined, { signal }).catch(() => {});
}
