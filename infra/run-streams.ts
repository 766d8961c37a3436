import type { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Lets functions read the streams of benchmark runs, `<prefix><id>`, beside the deployed one; only where a stack allows runs. */
export function allowRunStreams(stack: Stack, prefix: string, readers: IGrantable[]): void {
  for (const reader of readers) {
    reader.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [
          'kinesis:DescribeStream',
          'kinesis:DescribeStreamSummary',
          'kinesis:GetRecords',
          'kinesis:GetShardIterator',
          'kinesis:ListShards',
        ],
        resources: [stack.formatArn({ service: 'kinesis', resource: 'stream', resourceName: `${prefix}*` })],
      }),
    );
  }
}
