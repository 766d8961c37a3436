import { DeleteStreamCommand, paginateListStreams, ResourceNotFoundException } from '@aws-sdk/client-kinesis';
import { DeleteEventSourceMappingCommand, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { askResults } from '../targets/results.ts';
import type { Target } from '../targets/target.ts';

/** The ids of the runs that still have a stream or a schema. */
export async function listRuns(target: Target): Promise<string[]> {
  const { kinesis, outputs } = target;
  const ids = new Set((await askResults(target, 'runs', {})).runs);
  for await (const page of paginateListStreams({ client: kinesis }, {})) {
    for (const name of page.StreamNames ?? []) {
      if (name.startsWith(outputs.runStreamPrefix)) ids.add(name.slice(outputs.runStreamPrefix.length));
    }
  }
  return [...ids].filter((id) => id !== target.deployedRun).sort();
}

/** Removes all that a run has: first what reads the stream, then the stream, then the tables. */
export async function removeRun(target: Target, run: string): Promise<void> {
  const { kinesis, lambda, outputs } = target;
  const streamName = `${outputs.runStreamPrefix}${run}`;
  const FunctionName = outputs.microBatchFunction;
  for await (const page of paginateListEventSourceMappings({ client: lambda }, { FunctionName })) {
    for (const { UUID, EventSourceArn } of page.EventSourceMappings ?? []) {
      if (EventSourceArn?.endsWith(`:stream/${streamName}`))
        await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
    }
  }
  try {
    await kinesis.send(new DeleteStreamCommand({ StreamName: streamName, EnforceConsumerDeletion: true }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error; // else only its tables were left
  }
  await askResults(target, 'drop', { run });
}
