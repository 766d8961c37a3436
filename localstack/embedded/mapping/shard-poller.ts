import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import {
  type KinesisClient,
  KinesisError,
  type RecordsPage,
  type Shard,
  type ShardPosition,
} from '../kinesis/kinesis-client.ts';
import type { InvocationResult } from '../lambda/invocation-result.ts';
import { readBatchOutcome } from './batch-outcome.ts';
import {
  type Action,
  afterDiscard,
  afterFailedRead,
  afterInvocation,
  afterRead,
  afterRefusedRead,
  type Batch,
  type DeliveryState,
  nextAction,
  startDelivery,
} from './delivery.ts';
import type { DiscardedBatch } from './failure-record.ts';
import { kinesisEvent, toStreamRecord } from './kinesis-event.ts';
import type { MappingSettings } from './mapping-settings.ts';

type ShardPollerServices = {
  reader: ShardReader;
  streamArn: string;
  functionArn: string;
  /** Current settings; an update takes effect at the next step. */
  settings(): MappingSettings;
  /** Invokes the function; null when it is throttled. */
  invoke(event: Buffer): Promise<InvocationResult | null>;
  discard(batch: DiscardedBatch): Promise<void>;
  /** Sets LastProcessingResult. */
  report(result: string): void;
  /** Stores that everything up to this sequence number was delivered or discarded. */
  checkpoint(sequenceNumber: string): void;
};

/** Delivers one shard. Resolves to true at the shard's end, to false when the signal stops it. */
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

/** Reads one shard page by page, and resumes at its position when an iterator has expired. */
export type ShardReader = {
  /** Reads a page; null when the shard refuses because its limits are reached. */
  read(): Promise<{ page: RecordsPage; isEnd: boolean } | null>;
};

export function createShardReader(
  kinesis: KinesisClient,
  streamName: string,
  shardId: string,
  start: ShardPosition,
): ShardReader {
  let position = start;
  let iterator: string | null = null;

  const readOnce = async () => {
    iterator ??= await kinesis.getShardIterator(streamName, shardId, position);
    const page = await kinesis.getRecords(iterator);
    const last = page.Records.at(-1);
    if (last !== undefined) {
      position = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: last.SequenceNumber };
    }
    iterator = page.NextShardIterator ?? null;
    return { page, isEnd: iterator === null };
  };

  return {
    async read() {
      try {
        return await readOnce();
      } catch (error) {
        if (!(error instanceof KinesisError)) throw error;
        if (error.code === 'ProvisionedThroughputExceededException') return null;
        if (error.code !== 'ExpiredIteratorException') throw error;
        iterator = null;
        return readOnce();
      }
    },
  };
}
