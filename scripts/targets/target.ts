import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { LambdaClient } from '@aws-sdk/client-lambda';

/** The names that the deployed stack gives out. */
export type StackOutputs = {
  streamName: string;
  runStreamPrefix: string;
  microBatchFunction: string;
  microBatchMapping: string;
  scheduledBatchFunction: string;
  resultsFunction: string;
};

/** Where a benchmark runs: endpoints of the AWS APIs, and the stack that stands behind them. */
export type Target = {
  name: 'embedded';
  kinesis: KinesisClient;
  lambda: LambdaClient;
  logs: CloudWatchLogsClient;
  outputs: StackOutputs;
  /** A run whose schemas the stack itself counts into, and which goes with it; null: it has schemas of its own. */
  deployedRun: string | null;
  /** Kills one of the execution environments that fit; null where none does. `pick(n)` chooses 0 to n − 1. */
  killEnvironment(
    fits: (environment: { functionName: string; busy: boolean }) => boolean,
    pick: (n: number) => number,
  ): { functionName: string; busy: boolean } | null;
  close(): Promise<void>;
};
