import {
  CreateStreamCommand,
  DeleteStreamCommand,
  ListShardsCommand,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import type { Path, Settings } from '../../functions/contract.ts';
import { askResults } from '../targets/results.ts';
import { newRunId } from '../targets/run-id.ts';
import type { Target } from '../targets/target.ts';

/** A stream of the run's own, with schemas of its own and a mapping to the deployed micro-batch function. */
export type IsolatedRun = {
  id: string;
  streamName: string;
  schemas: Record<Path, string>;
  mapping: MappingSettings;
  /** Ends the mapping and the stream; the schemas too, unless they are kept. */
  remove(options: { keepSchemas: boolean }): Promise<void>;
};

export type MappingSettings = { batchSize: number; batchingWindowSeconds: number };

export type IsolatedRunOptions = { shards: number; settings: Settings; mapping: Partial<MappingSettings> };

/** @throws Error where the stack allows no benchmark runs */
export async function createRun(target: Target, options: IsolatedRunOptions): Promise<IsolatedRun> {
  const { kinesis, lambda, outputs } = target;
  if (outputs.runStreamPrefix === '') {
    throw new Error('This stack allows no benchmark runs: deploy it with -c benchmark=true');
  }
  const id = newRunId();
  const streamName = `${outputs.runStreamPrefix}${id}`;
  const undo: (() => Promise<unknown>)[] = [];
  /** Goes on after a step that fails, so that one leftover doesn't leave the others. */
  const undoAll = async (): Promise<void> => {
    const failures: Error[] = [];
    for (const step of undo.splice(0).reverse()) await step().catch((error) => failures.push(error));
    if (failures.length === 0) return;
    const messages = failures.map(({ message }) => message).join('; ');
    throw new Error(`Run ${id} left something behind, on ${streamName}: ${messages}`, { cause: failures });
  };
  try {
    await kinesis.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: options.shards }));
    undo.push(() => kinesis.send(new DeleteStreamCommand({ StreamName: streamName, EnforceConsumerDeletion: true })));
    await waitUntilStreamExists(
      { client: kinesis, maxWaitTime: 120, minDelay: 1, maxDelay: 2 },
      { StreamName: streamName },
    );
    const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: streamName }));
    const shardIds = Shards.flatMap(({ ShardId }) => (ShardId === undefined ? [] : [ShardId]));
    const dropSchemas = () => askResults(target, 'drop', { run: id });
    undo.push(dropSchemas);
    const { settings } = options;
    const { schemas } = await askResults(target, 'prepare', { run: id, stream: streamName, shardIds, settings });
    const { uuid, mapping } = await createMapping(target, streamName, options.mapping);
    undo.push(() => lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid })));
    return {
      id,
      streamName,
      schemas,
      mapping,
      async remove({ keepSchemas }) {
        if (keepSchemas) undo.splice(undo.indexOf(dropSchemas), 1);
        await undoAll();
      },
    };
  } catch (error) {
    await undoAll().catch(() => undefined); // what went wrong first is what helps
    throw error;
  }
}

/** The deployed mapping's settings, but for those that the run sets itself, on the run's stream. */
async function createMapping(
  target: Target,
  streamName: string,
  own: Partial<MappingSettings>,
): Promise<{ uuid: string; mapping: MappingSettings }> {
  const { lambda, outputs } = target;
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
