import type { S3Client } from '@aws-sdk/client-s3';
import { wayToAws } from '#bench/targets/aws.ts';
import { createClients, createS3Client } from '#bench/targets/clients.ts';
import { findStack } from '#bench/targets/deployed-stack.ts';
import { wayToLocalstack } from '#bench/targets/localstack.ts';
import { tidemarkVersion } from '#bench/targets/stack-outputs.ts';
import { UsageError } from '#text/usage-error.ts';
import type { RedriveClients } from './apply-records.ts';

/** A deployed stack with a micro-batch path. It need not allow benchmarks. */
export type RedriveStack = RedriveClients & { s3: S3Client; streamName: string; failedBatches: string };

const DEPLOY = 'npx cdk deploy';

/** @throws UsageError where the stack isn't there, has no micro-batch path, or is of another version */
export async function openRedriveStack(target: 'localstack' | 'aws', name: string): Promise<RedriveStack> {
  const way = target === 'aws' ? await wayToAws(name) : wayToLocalstack(name);
  const { cloudformation, config, destination } = way;
  const wanted = target === 'aws' ? { ...way.wanted, deploy: DEPLOY } : way.wanted;
  const { outputs } = await findStack(cloudformation, wanted);
  const names = readRedriveOutputs(outputs, name, wanted.deploy);
  const { kinesis, lambda } = createClients(() => config, destination);
  return { kinesis, lambda, s3: createS3Client(config, destination), ...names };
}

export function readRedriveOutputs(
  outputs: Readonly<Record<string, string>>,
  stack: string,
  deploy: string,
): Pick<RedriveStack, 'streamName' | 'microBatchFunction' | 'failedBatches'> {
  const {
    Version: version = 'without a version',
    Paths: paths,
    StreamName,
    MicroBatchFunction,
    FailedBatches,
  } = outputs;
  const expected = tidemarkVersion();
  if (version !== expected) {
    throw new UsageError(
      `Stack '${stack}' is ${version}, expected ${expected} like this code: deploy it again with ${deploy}, or run this command from the code of ${version}`,
    );
  }
  if (StreamName === undefined || MicroBatchFunction === undefined || FailedBatches === undefined) {
    throw new UsageError(
      `Stack '${stack}' has paths '${paths}' and no micro-batch path, so it has no failed batches: name another with --stack`,
    );
  }
  return { streamName: StreamName, microBatchFunction: MicroBatchFunction, failedBatches: FailedBatches };
}
