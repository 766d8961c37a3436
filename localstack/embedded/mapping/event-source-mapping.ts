import { setImmediate as nextTurn } from 'node:timers/promises';
import { functionArn } from '../account.ts';
import type { Destinations } from '../destinations.ts';
import type { KinesisClient } from '../kinesis/kinesis-client.ts';
import type { Functions } from '../lambda/functions.ts';
import { type DiscardedBatch, sendToFailureDestination } from './failure-record.ts';
import type { MappingSettings, StartingPosition } from './mapping-settings.ts';
import { pollShard } from './shard-poller.ts';
import { deliverStream, newStreamProgress } from './stream-delivery.ts';

type MappingState = 'Creating' | 'Enabled' | 'Disabling' | 'Disabled' | 'Deleting';

/** A mapping from a stream to a function: its settings, its state, and its delivery while it is enabled. */
export type EventSourceMapping = {
  id: string;
  streamArn: string;
  startingPosition: StartingPosition;
  settings(): MappingSettings;
  state(): MappingState;
  lastModifiedMs(): number;
  lastProcessingResult(): string;
  update(settings: MappingSettings): void;
  /** Stops the delivery; resolves when the invocations in flight have ended. */
  remove(): Promise<void>;
};

export type MappingServices = {
  kinesis: KinesisClient;
  functions: Functions;
  destinations: Destinations;
};

export function startMapping(
  identity: { id: string; streamArn: string; startingPosition: StartingPosition },
  initial: MappingSettings,
  services: MappingServices,
): EventSourceMapping {
  const { id, streamArn, startingPosition } = identity;
  const progress = newStreamProgress();
  let settings = initial;
  let state: MappingState = 'Creating';
  let lastModifiedMs = Date.now();
  let lastProcessingResult = 'No records processed';
  let isRemoved = false;
  let running: { stop: AbortController; ended: Promise<void> } | null = null;

  const report = (result: string) => {
    lastProcessingResult = result;
  };

  const discard = async (batch: DiscardedBatch) => {
    if (settings.onFailureArn !== null) {
      sendToFailureDestination(batch, id, settings.onFailureArn, services.destinations);
    }
  };

  const start = () => {
    if (running !== null) return;
    const stop = new AbortController();
    const ended = deliverStream(
      progress,
      {
        kinesis: services.kinesis,
        streamName: streamArn.slice(streamArn.lastIndexOf('/') + 1),
        startingPosition,
        report,
        pollShard: (shard, reader, signal) =>
          pollShard(
            shard,
            {
              reader,
              streamArn,
              functionArn: functionArn(services.functions.find(settings.functionName).functionName),
              settings: () => settings,
              invoke: (event) => services.functions.invoke(settings.functionName, event),
              discard,
              report,
              checkpoint: (sequenceNumber) => void progress.checkpoints.set(shard.ShardId, sequenceNumber),
            },
            signal,
          ),
      },
      stop.signal,
    );
    running = { stop, ended };
    state = 'Enabled';
  };

  const stop = async () => {
    const stopping = running;
    if (stopping === null) return;
    state = 'Disabling';
    stopping.stop.abort();
    await stopping.ended;
    running = null;
  };

  /** Starts or stops the delivery as `settings.enabled` says; changes are applied one after another. */
  let following: Promise<void> = Promise.resolve();
  const follow = () => {
    following = following.then(async () => {
      // Wait a turn, so that the answer to a request still shows the state before it, as Lambda's does.
      await nextTurn();
      if (isRemoved) return;
      if (settings.enabled) return start();
      await stop();
      if (!isRemoved) state = 'Disabled';
    });
  };
  follow();

  return {
    id,
    streamArn,
    startingPosition,
    settings: () => settings,
    state: () => state,
    lastModifiedMs: () => lastModifiedMs,
    lastProcessingResult: () => lastProcessingResult,
    update(next) {
      settings = next;
      lastModifiedMs = Date.now();
      follow();
    },
    async remove() {
      isRemoved = true;
      state = 'Deleting';
      running?.stop.abort();
      await following;
      await running?.ended;
    },
  };
}
