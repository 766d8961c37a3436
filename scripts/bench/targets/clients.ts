import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Destination, explainFailure } from './explain-failure.ts';
import type { Clients } from './target.ts';

/** Where a service is and who asks; what is left out comes from the SDK's usual chain. */
export type ClientConfig = {
  endpoint?: string;
  region?: string | (() => Promise<string>);
  credentials?: CloudFormationClient['config']['credentials'] | { accessKeyId: string; secretAccessKey: string };
};

/** A batch may take the whole of its function's 15 minutes to answer. */
const LONGEST_ANSWER_MS = 16 * 60_000;
const LONGEST_CONNECT_MS = 10_000;

/** HTTP/1.1 to all: emulators of Kinesis speak nothing else, or break down under large requests over HTTP/2. */
function overHttp1<Config extends ClientConfig>(config: Config) {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: LONGEST_CONNECT_MS,
    requestTimeout: LONGEST_ANSWER_MS,
  });
  return { ...config, requestHandler };
}

/** The clients of a run. `configOf` says where each service is. */
export function createClients(
  configOf: (service: 'kinesis' | 'lambda' | 'logs') => ClientConfig,
  destination: Destination,
): Clients {
  return {
    kinesis: explaining(new KinesisClient(overHttp1(configOf('kinesis'))), destination),
    // It explains failures itself: what matters of them is whether the records were taken.
    producer: new KinesisClient({ ...overHttp1(configOf('kinesis')), maxAttempts: 1 }),
    lambda: explaining(new LambdaClient(overHttp1(configOf('lambda'))), destination),
    logs: explaining(new CloudWatchLogsClient(overHttp1(configOf('logs'))), destination),
  };
}

/** For asking after the stack, before the clients of a run are needed. */
export function createCloudFormationClient(config: ClientConfig, destination: Destination): CloudFormationClient {
  return explaining(new CloudFormationClient(overHttp1(config)), destination);
}

/** For what mappings left in the stack's bucket. An emulator has no name of its own for each bucket, so that is in the path. */
export function createS3Client(config: ClientConfig, destination: Destination): S3Client {
  return explaining(new S3Client({ ...overHttp1(config), forcePathStyle: destination.endpoint !== null }), destination);
}

type Next = (args: object) => Promise<object>;
type Explained = {
  middlewareStack: {
    add(middleware: (next: Next) => Next, options: { step: 'initialize'; priority: 'high'; name: string }): void;
  };
};

/** A client whose failures are the line that the user can act on, where there is one. */
function explaining<Client>(client: Client, destination: Destination): Client {
  const explain =
    (next: Next): Next =>
    async (args) => {
      try {
        return await next(args);
      } catch (error) {
        throw explainFailure(error, destination) ?? error;
      }
    };
  // The clients' own types of it have nothing in common but this.
  (client as Explained).middlewareStack.add(explain, { step: 'initialize', priority: 'high', name: 'explainFailures' });
  return client;
}
