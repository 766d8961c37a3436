import { paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import type { StackOutputs } from '../targets/stack-outputs.ts';
import type { Target } from '../targets/target.ts';
import { removeMapping } from './run-mapping.ts';

/** Where the micro-batch function's mappings are. */
export type MappingsPlace = Pick<Target, 'lambda'> & { outputs: Pick<StackOutputs, 'microBatchFunction'> };

/** The mappings of the micro-batch function, to whichever stream. */
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
 * Removes whatever maps a stream to the micro-batch function, and waits until it is gone.
 *
 * @param known a mapping that is to go whether the listing has it yet or not
 */
export async function removeMappings(target: MappingsPlace, streamName: string, known?: string): Promise<void> {
  if (known !== undefined) await removeMapping(target.lambda, known);
  const others: string[] = [];
  for await (const { uuid, streamName: mapped } of listMappings(target)) {
    if (mapped === streamName && uuid !== known) others.push(uuid);
  }
  for (const uuid of others) await removeMapping(target.lambda, uuid);
}
