import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { type Infer, object, oneOf, orNull, text } from '#text/schema.ts';
import type { StackOutputs } from './stack-outputs.ts';

export const TARGET_NAMES = ['embedded', 'localstack', 'aws'] as const;

export type TargetName = (typeof TARGET_NAMES)[number];

/** Default name of the stack; the `name` of the CDK context has the same default. */
export const DEFAULT_STACK = 'Tidemark';

/** The stack that a benchmark uses, and its place. */
export const PLACE = object(
  {
    name: oneOf(TARGET_NAMES, 'this machine, an emulator, or AWS'),
    endpoint: orNull(text('URL of the emulator'), 'each service has its own URL'),
    region: orNull(text('AWS region'), 'this machine'),
    stack: text('name of the stack that ran the functions'),
    version: text('version that it was deployed from: the same as `tidemarkVersion`'),
    database: oneOf(
      ['aurora', 'external', 'embedded'],
      '`aurora`: the stack’s own cluster; `external`: a database that existed before; `embedded`: started for the run and removed afterwards',
    ),
  },
  'target',
);
export type Place = Infer<typeof PLACE>;

export type Clients = {
  kinesis: KinesisClient;
  /** Client for PutRecords. It tries a call once, because a blind retry could store records twice. */
  producer: KinesisClient;
  lambda: LambdaClient;
  logs: CloudWatchLogsClient;
};

/** The place where a benchmark runs: clients of the AWS APIs, and the stack behind them. */
export type Target = Clients & {
  place: Place;
  outputs: StackOutputs;
  /** Time until the platform's reports can be read, ms. */
  reportDelayMs: number;
  /** Id of the run whose schemas the stack itself counts into, and drops when it closes. Null: it has its own schemas. */
  deployedRun: string | null;
  /**
   * Kills one of the execution environments that fit. Returns null if none fits; only the embedded target has any.
   * `pick(n)` chooses one of them, 0 to n − 1.
   */
  killEnvironment(
    fits: (environment: { functionName: string; busy: boolean }) => boolean,
    pick: (n: number) => number,
  ): { functionName: string; busy: boolean } | null;
  close(): Promise<void>;
};
