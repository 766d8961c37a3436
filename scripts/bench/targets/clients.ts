import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Destination, explainFailure } from './explain-failure.ts';
import type { Clients } from './target.ts';

/** Endpoint, region and credentials of a service; a missing one comes from the SDK's usual chain. */
export type ClientConfig = {
  endpoint?: string;
  region?: string | (() => Promise<string>);
  credentials?: CloudFormationClient['config']['credentials'] | { accessKeyId: string; secretAccessKey: string };
};

/** A batch may run for all of its function's 15 minutes before it answers. */
const LONGEST_ANSWER_MS = 16 * 60_000;
const LONGEST_CONNECT_MS = 10_000;

/** Makes a client speak HTTP/1.1: some emulators of Kinesis know nothing else, or fail on large requests over HTTP/2. */
function overHttp1<Config extends ClientConfig>(config: Config) {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: LONGEST_CONNECT_MS,
    requestTimeout: LONGEST_ANSWER_MS,
  });
  return { ...config, requestHandler };
}

/** Creates the clients of a run. `configOf` returns the configuration of each service. */
export function createClients(
  configOf: (service: 'kinesis' | 'lambda' | 'logs') => ClientConfig,
  destination: Destination,
): Clients {
  return {
    kinesis: explaining(new KinesisClient(overHttp1(configOf('kinesis'))), destination),
    // The producer explains its failures itself, because it has to know whether the records were taken.
    producer: new KinesisClient({ ...overHttp1(configOf('kinesis')), maxAttempts: 1 }),
    lambda: explaining(new LambdaClient(overHttp1(configOf('lambda'))), destination),
    logs: explaining(new CloudWatchLogsClient(overHttp1(configOf('logs'))), destination),
  };
}

/** Creates the client that finds the stack, before the clients of a run are needed. */
export function createCloudFormationClient(config: ClientConfig, destination: Destination): CloudFormationClient {
  return explaining(new CloudFormationClient(overHttp1(config)), destination);
}

/** Creates the client for records that mappings left in the stack's bucket. An emulator needs the bucket in the path. */
export function createS3Client(config: ClientConfig, destination: Destination): S3Client {
  return explaining(new S3Client({ ...overHttp1(config), forcePathStyle: destination.endpoint !== null }), destination);
}

type Next = (args: object) => Promise<object>;
type Explained = {
  middlewareStack: {
    add(middleware: (next: Next) => Next, options: { step: 'initialize'; priority: 'high'; name: string }): void;
  };
};

/** Makes a client throw a line that the user can act on, if there is one for the failure. */
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
  // The clients' types of the middleware stack share only this part.
  (client as Explained).middlewareStack.add(explain, { step: 'initialize', priority: 'high', name: 'explainFailures' });
  return client;
}
