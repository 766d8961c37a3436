import {
  DeleteStackCommand,
  paginateDescribeStacks,
  paginateListStackResources,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { EmulatorClients } from './emulator.ts';

type Formation = Pick<EmulatorClients, 'cloudformation'>;

/** Names of all existing stacks. */
export async function listStacks({ cloudformation }: Formation): Promise<string[]> {
  const names: string[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudformation }, {})) {
    for (const { StackName, StackStatus } of Stacks) {
      if (StackName !== undefined && StackStatus !== 'DELETE_COMPLETE') names.push(StackName);
    }
  }
  return names;
}

/** Physical ids of a stack's resources, by type. A resource that was never created has no id. */
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

/** @throws Error with the reason where the stack can't be deleted */
export async function deleteStack({ cloudformation }: Formation, name: string): Promise<void> {
  await cloudformation.send(new DeleteStackCommand({ StackName: name }));
  const patience = { client: cloudformation, maxWaitTime: PATIENCE_SECONDS, minDelay: 1, maxDelay: 2 };
  await waitUntilStackDeleteComplete(patience, { StackName: name });
}

/** The stack of `cdk bootstrap`: one for all stacks of an account and region. */
export const BOOTSTRAP_STACK = 'CDKToolkit';

/** Removes the bootstrap stack and its bucket, which the deletion of the stack leaves behind. */
export async function removeBootstrap(clients: EmulatorClients): Promise<void> {
  const buckets = (await listResources(clients, BOOTSTRAP_STACK)).get('AWS::S3::Bucket') ?? [];
  for (const bucket of buckets) await emptyBucket(clients.s3, bucket);
  await deleteStack(clients, BOOTSTRAP_STACK);
  for (const bucket of buckets) {
    await clients.s3.send(new DeleteBucketCommand({ Bucket: bucket })).catch((error: Error) => {
      if (error.name !== 'NoSuchBucket') throw error;
    });
  }
}

/** Deletes all versions of all objects in a bucket, since only an empty bucket can be deleted. */
export async function emptyBucket(s3: S3Client, bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    const objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (objects.length === 0) return;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
    );
    const [refused] = Errors;
    if (refused !== undefined) {
      throw new Error(`Object ${refused.Key} of bucket ${bucket} can't be deleted: ${refused.Message ?? refused.Code}`);
    }
  }
}
