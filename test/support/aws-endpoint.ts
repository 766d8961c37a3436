import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type HttpAnswer = { status: number; headers?: Record<string, string>; body: string };

/** Starts an endpoint that gives the same answer to every request; returns its URL. */
export async function serveAnswer({ status, headers = {}, body }: HttpAnswer): Promise<string> {
  const server = createServer((_, response) => void response.writeHead(status, headers).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An HTTP answer of CloudFormation. */
export type StackAnswer = { status: number; body: string };

/** Outputs of a stack that a benchmark can run on. */
export const DEPLOYED_OUTPUTS: Readonly<Record<string, string>> = {
  StreamName: 'Tidemark-events',
  RunStreamPrefix: 'Tidemark-run-',
  MicroBatchFunction: 'Tidemark-micro-batch',
  MicroBatchMapping: '91eaeb7e-c976-1234-9451-8709db01f137',
  ScheduledBatchFunction: 'Tidemark-scheduled-batch',
  ResultsFunction: 'Tidemark-results',
  SchemaFunction: 'Tidemark-schema',
  FailedBatches: 'tidemark-failedbatches-1a2b',
  Paths: 'both',
  Database: 'external',
  Version: '0.1.0',
};

/** The answer of DescribeStacks for one stack, in the shape of its reference. */
export function stackAnswer(
  given: { account?: string; region?: string; status?: string; reason?: string; outputs?: Record<string, string> } = {},
): StackAnswer {
  const { account = '000000000000', region = 'us-east-1', status = 'CREATE_COMPLETE', reason } = given;
  const members = Object.entries(given.outputs ?? DEPLOYED_OUTPUTS).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue><Description>${key}</Description></member>`,
  );
  return {
    status: 200,
    body: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>
<StackId>arn:aws:cloudformation:${region}:${account}:stack/Tidemark/e5766690-c976-11f0-a5de-0e7b3c1a2b3d</StackId>
<StackName>Tidemark</StackName><CreationTime>2026-11-20T15:19:28.123Z</CreationTime>
<StackStatus>${status}</StackStatus>${reason === undefined ? '' : `<StackStatusReason>${reason}</StackStatusReason>`}
<DisableRollback>false</DisableRollback><Capabilities><member>CAPABILITY_IAM</member></Capabilities>
<Outputs>${members.join('')}</Outputs><Tags/>
</member></Stacks></DescribeStacksResult><ResponseMetadata><RequestId>b9b4b068-3a41-11e5-94eb-example</RequestId></ResponseMetadata></DescribeStacksResponse>`,
  };
}

/** An error in the form of the query protocol. */
export function errorAnswer(status: number, code: string, message: string): StackAnswer {
  return {
    status,
    body: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>b9b4b068-3a41-11e5-94eb-example</RequestId></ErrorResponse>`,
  };
}

/** An endpoint that answers every request so; its URL. */
export function serveCloudFormation(answer: StackAnswer): Promise<string> {
  return serveAnswer({ ...answer, headers: { 'content-type': 'text/xml' } });
}
