import { DeleteBucketCommand } from '@aws-sdk/client-s3';
import type { EmulatorClients } from './clients.ts';
import { emptyBucket } from './empty-bucket.ts';
import { deleteStack, listResources } from './stacks.ts';

/** The stack that `cdk bootstrap` makes, once for all stacks of an account and region. */
export const BOOTSTRAP_STACK = 'CDKToolkit';

/** Removes it with its bucket, which the stack itself would leave behind. @returns the buckets */
export async function removeBootstrap(clients: EmulatorClients): Promise<string[]> {
  const buckets = (await listResources(clients, BOOTSTRAP_STACK)).get('AWS::S3::Bucket') ?? [];
  for (const bucket of buckets) await emptyBucket(clients.s3, bucket);
  await deleteStack(clients, BOOTSTRAP_STACK);
  for (const bucket of buckets) {
    await clients.s3.send(new DeleteBucketCommand({ Bucket: bucket })).catch((error: Error) => {
      if (error.name !== 'NoSuchBucket') throw error;
    });
  }
  return buckets;
}
