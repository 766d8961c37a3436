import { paginateListStreams } from '@aws-sdk/client-kinesis';
import { paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { askResults } from '../targets/results.ts';
import { DEFAULT_STACK, type Target } from '../targets/target.ts';
import { removeMapping } from './run-mapping.ts';
import { removeStream } from './run-stream.ts';

/** The ids of the runs that still have a stream, a mapping or a schema. */
export async function listRuns(target: Target): Promise<string[]> {
  const { kinesis, outputs } = target;
  const ids = new Set((await askResults(target, 'runs', {})).runs);
  const addRunOf = (streamName: string): void => {
    if (streamName.startsWith(outputs.runStreamPrefix)) ids.add(streamName.slice(outputs.runStreamPrefix.length));
  };
  for await (const page of paginateListStreams({ client: kinesis }, {})) page.StreamNames?.forEach(addRunOf);
  for await (const { streamName } of listMappings(target)) addRunOf(streamName);
  return [...ids].filter((id) => id !== target.deployedRun).sort();
}

/** Removes all that a run has: first what reads the stream, then the stream, then the tables. */
export async function removeRun(target: Target, run: string): Promise<void> {
  const { kinesis, lambda, outputs } = target;
  const streamName = `${outputs.runStreamPrefix}${run}`;
  for await (const mapping of listMappings(target)) {
    if (mapping.streamName === streamName) await removeMapping(lambda, mapping.uuid);
  }
  await removeStream(kinesis, streamName);
  await askResults(target, 'drop', { run });
}

/** What a user types to remove a run of this target. */
export function removalCommand({ place: { name, stack } }: Target, run: string): string {
  const options = [name === 'embedded' ? '' : ` --target ${name}`, stack === DEFAULT_STACK ? '' : ` --stack ${stack}`];
  return `npm run remove-runs --${options.join('')} ${run}`;
}

/** The mappings of the micro-batch function, to whichever stream. */
async function* listMappings({
  lambda,
  outputs,
}: Pick<Target, 'lambda' | 'outputs'>): AsyncGenerator<{ uuid: string; streamName: string }> {
  const request = { FunctionName: outputs.microBatchFunction };
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client: lambda }, request)) {
    for (const { UUID, EventSourceArn = '' } of EventSourceMappings) {
      const streamName = EventSourceArn.slice(EventSourceArn.indexOf(':stream/') + ':stream/'.length);
      if (UUID !== undefined && EventSourceArn.includes(':stream/')) yield { uuid: UUID, streamName };
    }
  }
}
