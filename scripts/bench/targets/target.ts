import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { StackOutputs } from './stack-outputs.ts';

export const TARGET_NAMES = ['embedded', 'localstack', 'aws'] as const;

export type TargetName = (typeof TARGET_NAMES)[number];

/** The stack's name where none is given: the `name` of the CDK context has the same default. */
export const DEFAULT_STACK = 'Tidemark';

/** Which stack a benchmark speaks to, and where it stands. */
export type Place = {
  name: TargetName;
  /** The one URL of all services; null where each has its own. */
  endpoint: string | null;
  /** Null on this machine. */
  region: string | null;
  stack: string;
  version: string;
  /** `embedded`: one of the run's own, gone afterwards. */
  database: 'aurora' | 'external' | 'embedded';
};

export type Clients = {
  kinesis: KinesisClient;
  /** For PutRecords alone: it tries a call once, since a blind retry could send records twice. */
  producer: KinesisClient;
  lambda: LambdaClient;
  logs: CloudWatchLogsClient;
};

/** Where a benchmark runs: endpoints of the AWS APIs, and the stack that stands behind them. */
export type Target = Clients & {
  place: Place;
  outputs: StackOutputs;
  /** How long the platform's reports may take until they can be read, ms. */
  reportDelayMs: number;
  /** A run whose schemas the stack itself counts into, and which goes with it; null: it has schemas of its own. */
  deployedRun: string | null;
  /**
   * Kills one of the execution environments that fit; null where none does, as on all targets but the embedded one.
   * `pick(n)` chooses 0 to n − 1.
   */
  killEnvironment(
    fits: (environment: { functionName: string; busy: boolean }) => boolean,
    pick: (n: number) => number,
  ): { functionName: string; busy: boolean } | null;
  close(): Promise<void>;
};
