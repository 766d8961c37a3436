import { randomUUID } from 'node:crypto';
import { streamArn as arnOfStream, functionArn } from '../account.ts';
import { KinesisError } from '../kinesis/kinesis-client.ts';
import { conflict, invalidParameter, notFound } from '../lambda/service-error.ts';
import { type EventSourceMapping, type MappingServices, startMapping } from './event-source-mapping.ts';
import { type MappingSettings, readMappingSettings, readStartingPosition } from './mapping-settings.ts';

/** The event source mappings of the stack, with the requests and errors of Lambda's API. */
export type Mappings = {
  create(request: Record<string, unknown>, id?: string): Promise<EventSourceMapping>;
  find(id: string): EventSourceMapping;
  list(filter: { streamArn: string | null; functionReference: string | null }): EventSourceMapping[];
  update(id: string, request: Record<string, unknown>): EventSourceMapping;
  /** Stops the mapping and returns it in its last state. */
  remove(id: string): EventSourceMapping;
  close(): Promise<void>;
};

export function createMappings(services: MappingServices): Mappings {
  const mappings = new Map<string, EventSourceMapping>();
  const removals = new Set<Promise<void>>();
  const { functions, destinations, kinesis } = services;

  const find = (id: string): EventSourceMapping => {
    const mapping = mappings.get(id);
    if (mapping === undefined) throw notFound('The resource you requested does not exist.');
    return mapping;
  };

  /** Replaces the function's reference by its name; refuses functions and destinations outside of the stack. */
  const checked = (settings: MappingSettings): MappingSettings => {
    const { onFailureArn } = settings;
    if (onFailureArn !== null && destinations.kindOf(onFailureArn) === 'unknown') {
      throw invalidParameter(`On-failure destination '${onFailureArn}' is not a bucket or queue of this stack`);
    }
    return { ...settings, functionName: functions.find(settings.functionName).functionName };
  };

  const remove = (id: string): EventSourceMapping => {
    const mapping = find(id);
    const removal: Promise<void> = mapping.remove().then(() => {
      mappings.delete(id);
      removals.delete(removal);
    });
    removals.add(removal);
    return mapping;
  };

  return {
    async create(request, id = randomUUID()) {
      const settings = checked(readMappingSettings(request, null));
      const streamArn = String(request.EventSourceArn);
      const startingPosition = readStartingPosition(request);
      await requireStream(streamArn, (name) => kinesis.listShards(name));
      const same = [...mappings.values()].find(
        (mapping) => mapping.streamArn === streamArn && mapping.settings().functionName === settings.functionName,
      );
      if (same !== undefined) {
        throw conflict(
          `An event source mapping with event source arn (" ${streamArn} ") and function (" ${settings.functionName} ") ` +
            `already exists. Please update or delete the existing mapping with UUID ${same.id}`,
        );
      }
      const mapping = startMapping({ id, streamArn, startingPosition }, settings, services);
      mappings.set(mapping.id, mapping);
      return mapping;
    },
    find,
    list: ({ streamArn, functionReference }) => {
      const name = functionReference === null ? null : functions.find(functionReference).functionName;
      return [...mappings.values()].filter(
        (mapping) =>
          (streamArn === null || mapping.streamArn === streamArn) &&
          (name === null || mapping.settings().functionName === name),
      );
    },
    update(id, request) {
      const mapping = find(id);
      mapping.update(checked(readMappingSettings(request, mapping.settings())));
      return mapping;
    },
    remove,
    async close() {
      for (const id of [...mappings.keys()]) remove(id);
      await Promise.all(removals);
    },
  };
}

/** The members of Lambda's EventSourceMappingConfiguration. */
export function describeMapping(mapping: EventSourceMapping): Record<string, unknown> {
  const { startingPosition } = mapping;
  const settings = mapping.settings();
  return {
    UUID: mapping.id,
    EventSourceArn: mapping.streamArn,
    FunctionArn: functionArn(settings.functionName),
    State: mapping.state(),
    StateTransitionReason: 'User action',
    LastProcessingResult: mapping.lastProcessingResult(),
    LastModified: mapping.lastModifiedMs() / 1000,
    StartingPosition: startingPosition.kind,
    ...(startingPosition.kind === 'AT_TIMESTAMP'
      ? { StartingPositionTimestamp: startingPosition.timestampSeconds }
      : {}),
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.batchingWindowMs / 1000,
    ParallelizationFactor: 1,
    TumblingWindowInSeconds: 0,
    BisectBatchOnFunctionError: settings.bisectOnError,
    MaximumRetryAttempts: settings.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: settings.maximumRecordAgeSeconds,
    FunctionResponseTypes: settings.reportsItemFailures ? ['ReportBatchItemFailures'] : [],
    DestinationConfig: settings.onFailureArn === null ? {} : { OnFailure: { Destination: settings.onFailureArn } },
  };
}

async function requireStream(streamArn: string, listShards: (name: string) => Promise<unknown>): Promise<void> {
  const name = streamArn.slice(streamArn.lastIndexOf('/') + 1);
  if (streamArn !== arnOfStream(name)) {
    throw invalidParameter(
      `EventSourceArn '${streamArn}' is not a stream of this account: expected ${arnOfStream('NAME')}`,
    );
  }
  await listShards(name).catch((error: unknown) => {
    throw error instanceof KinesisError && error.code === 'ResourceNotFoundException'
      ? invalidParameter(`Stream not found: ${streamArn}`)
      : error;
  });
}
