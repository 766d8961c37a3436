import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  type LambdaClient,
  paginateListEventSourceMappings,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import type { MappingSettings } from '../run-settings.ts';
import { poll } from '../targets/poll.ts';
import type { StackOutputs } from '../targets/stack-outputs.ts';
import type { Target } from '../targets/target.ts';

/** Time for a mapping to become enabled, or to go, ms. Lambda may take a minute or two for either. */
const PATIENCE_MS = 3 * 60_000;
const POLL_MS = 500;

/**
 * Asks for a mapping from a stream to the deployed micro-batch function. Its settings are those of the deployed mapping,
 * except those in `own`.
 */
export async function createMapping(
  { lambda, outputs }: Pick<Target, 'lambda' | 'outputs'>,
  streamName: string,
  own: Partial<MappingSettings>,
): Promise<{ uuid: string; mapping: MappingSettings }> {
  const deployed = await lambda.send(new GetEventSourceMappingCommand({ UUID: outputs.microBatchMapping }));
  const mapping = {
    batchSize: own.batchSize ?? deployed.BatchSize ?? 100,
    batchingWindowSeconds: own.batchingWindowSeconds ?? deployed.MaximumBatchingWindowInSeconds ?? 0,
  };
  const { UUID } = await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: outputs.microBatchFunction,
      EventSourceArn: deployed.EventSourceArn?.replace(/stream\/.*$/, `stream/${streamName}`),
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: mapping.batchSize,
      MaximumBatchingWindowInSeconds: mapping.batchingWindowSeconds,
      ParallelizationFactor: deployed.ParallelizationFactor,
      BisectBatchOnFunctionError: deployed.BisectBatchOnFunctionError,
      MaximumRetryAttempts: deployed.MaximumRetryAttempts,
      MaximumRecordAgeInSeconds: deployed.MaximumRecordAgeInSeconds,
      FunctionResponseTypes: deployed.FunctionResponseTypes,
      DestinationConfig: deployed.DestinationConfig,
    }),
  );
  if (UUID === undefined) throw new Error(`The mapping of ${streamName} has no UUID`);
  return { uuid: UUID, mapping };
}

/** Asks for another batch size of a mapping; its other settings stay. */
export async function resizeMapping(lambda: LambdaClient, uuid: string, batchSize: number): Promise<void> {
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, BatchSize: batchSize }));
}

/** Waits until a mapping is enabled. @throws Error with its state if it does not become enabled */
export async function awaitMapping(lambda: LambdaClient, uuid: string, signal?: AbortSignal): Promise<void> {
  const isEnabled = async (): Promise<true | null> => ((await lookUp(lambda, uuid))?.State === 'Enabled' ? true : null);
  if ((await poll(isEnabled, { withinMs: PATIENCE_MS, everyMs: POLL_MS, signal })) !== null) return;
  const seen = await lookUp(lambda, uuid);
  const why = [seen?.StateTransitionReason, seen?.LastProcessingResult].filter(Boolean).join('; ') || 'no reason given';
  throw new Error(
    `The run's mapping ${uuid} is '${seen?.State ?? 'gone'}' after ${PATIENCE_MS / 1000} s, expected Enabled (${why}): try again`,
  );
}

/**
 * Removes a mapping and waits until it is gone, because until then it may deliver to tables that are dropped next.
 * A mapping that is still being created can't be removed yet, so the call is repeated.
 */
export async function removeMapping(lambda: LambdaClient, uuid: string): Promise<void> {
  let asked = false;
  const isGone = async (): Promise<true | null> => {
    try {
      if (!asked) await lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid }));
      asked = true;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return true;
      if (!(error instanceof ResourceInUseException)) throw error;
    }
    return (await lookUp(lambda, uuid)) === null ? true : null;
  };
  if ((await poll(isGone, { withinMs: PATIENCE_MS, everyMs: POLL_MS })) !== null) return;
  throw new Error(`Mapping ${uuid} is still there ${PATIENCE_MS / 1000} s after its deletion was asked for`);
}

async function lookUp(lambda: LambdaClient, uuid: string): Promise<EventSourceMappingConfiguration | null> {
  try {
    return await lambda.send(new GetEventSourceMappingCommand({ UUID: uuid }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return null;
    throw error;
  }
}

/** The client and the function whose mappings are listed. */
export type MappingsPlace = Pick<Target, 'lambda'> & { outputs: Pick<StackOutputs, 'microBatchFunction'> };

/** Lists the mappings of the micro-batch function from any stream. */
export async function* listMappings({
  lambda,
  outputs,
}: MappingsPlace): AsyncGenerator<{ uuid: string; streamName: string }> {
  const request = { FunctionName: outputs.microBatchFunction };
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client: lambda }, request)) {
    for (const { UUID, EventSourceArn = '' } of EventSourceMappings) {
      const streamName = EventSourceArn.slice(EventSourceArn.indexOf(':stream/') + ':stream/'.length);
      if (UUID !== undefined && EventSourceArn.includes(':stream/')) yield { uuid: UUID, streamName };
    }
  }
}

/**
 * Removes every mapping from a stream to the micro-batch function, and waits until all are gone.
 *
 * @param known uuid of a mapping to remove even if the listing does not have it yet
 */
export async function removeMappings(target: MappingsPlace, streamName: string, known?: string): Promise<void> {
  if (known !== undefined) await removeMapping(target.lambda, known);
  const others: string[] = [];
  for await (const { uuid, streamName: mapped } of listMappings(target)) {
    if (mapped === streamName && uuid !== known) others.push(uuid);
  }
  for (const uuid of others) await removeMapping(target.lambda, uuid);
}
