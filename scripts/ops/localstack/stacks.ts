import {
  DeleteStackCommand,
  paginateDescribeStacks,
  paginateListStackResources,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import type { EmulatorClients } from './clients.ts';

type Formation = Pick<EmulatorClients, 'cloudformation'>;

/** The names of all stacks that stand. */
export async function listStacks({ cloudformation }: Formation): Promise<string[]> {
  const names: string[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudformation }, {})) {
    for (const { StackName, StackStatus } of Stacks) {
      if (StackName !== undefined && StackStatus !== 'DELETE_COMPLETE') names.push(StackName);
    }
  }
  return names;
}

/** The physical ids of a stack's resources, by type; those that were never made have none. */
export async function listResources({ cloudformation }: Formation, name: string): Promise<Map<string, string[]>> {
  const byType = new Map<string, string[]>();
  for await (const page of paginateListStackResources({ client: cloudformation }, { StackName: name })) {
    for (const { ResourceType = '', PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? []) {
      if (PhysicalResourceId && ResourceStatus !== 'DELETE_COMPLETE')
        byType.set(ResourceType, [...(byType.get(ResourceType) ?? []), PhysicalResourceId]);
    }
  }
  return byType;
}

const PATIENCE_SECONDS = 300;

/** @throws Error with the reason where it can't be deleted */
export async function deleteStack({ cloudformation }: Formation, name: string): Promise<void> {
  await cloudformation.send(new DeleteStackCommand({ StackName: name }));
  const patience = { client: cloudformation, maxWaitTime: PATIENCE_SECONDS, minDelay: 1, maxDelay: 2 };
  await waitUntilStackDeleteComplete(patience, { StackName: name });
}
