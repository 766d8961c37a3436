import { paginateListStreams } from '@aws-sdk/client-kinesis';
import { askResults, isRunId, type ResultsPlace } from '../targets/results.ts';
import type { StackOutputs } from '../targets/stack-outputs.ts';
import { DEFAULT_STACK, type Target } from '../targets/target.ts';
import { listMappings, type MappingsPlace, removeMappings } from './run-mapping.ts';
import { removeStream } from './run-stream.ts';

/** The clients and names that find and remove runs, even if only parts of them are left. */
export type RunsPlace = Pick<Target, 'kinesis'> &
  ResultsPlace &
  MappingsPlace & { outputs: Pick<StackOutputs, 'runStreamPrefix'> };

/** Lists the ids of the runs that still have a stream, a mapping or a schema. */
export async function listRuns(target: RunsPlace & Pick<Target, 'deployedRun'>): Promise<string[]> {
  const { kinesis, outputs } = target;
  const ids = new Set((await askResults(target, 'runs', {})).runs);
  const addRunOf = (streamName: string): void => {
    if (!streamName.startsWith(outputs.runStreamPrefix)) return;
    const id = streamName.slice(outputs.runStreamPrefix.length);
    if (isRunId(id)) ids.add(id);
  };
  for await (const page of paginateListStreams({ client: kinesis }, {})) page.StreamNames?.forEach(addRunOf);
  for await (const { streamName } of listMappings(target)) addRunOf(streamName);
  return [...ids].filter((id) => id !== target.deployedRun).sort();
}

/** Removes the parts of a run: first the mappings that read the stream, then the stream, then the tables. */
export async function removeRun(target: RunsPlace, run: string): Promise<void> {
  const { kinesis, outputs } = target;
  const streamName = `${outputs.runStreamPrefix}${run}`;
  await removeMappings(target, streamName);
  await removeStream(kinesis, streamName);
  await askResults(target, 'drop', { run });
}

/** Returns the command that removes a run of this target. */
export function removalCommand({ place: { name, stack } }: Pick<Target, 'place'>, run: string): string {
  const options = [name === 'embedded' ? '' : ` --target ${name}`, stack === DEFAULT_STACK ? '' : ` --stack ${stack}`];
  return `npm run remove-runs --${options.join('')} ${run}`;
}
