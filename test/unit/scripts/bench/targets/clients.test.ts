import { DescribeStreamSummaryCommand } from '@aws-sdk/client-kinesis';
import { GetEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClients } from '#bench/targets/clients.ts';
import { serveAnswer } from '#test/support/aws-endpoint.ts';
import { UsageError } from '#text/usage-error.ts';

const DENIED = 'User: arn:aws:iam::123456789012:user/me is not authorized to perform: kinesis:DescribeStreamSummary';

/** Clients of an endpoint that refuses every call so. */
async function clientsRefused(kind: string, message: string) {
  const endpoint = await serveAnswer({
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': kind },
    body: JSON.stringify({ __type: kind, message }),
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const destination = { name: 'aws', endpoint: null, region: 'eu-west-1' } as const;
  return createClients(() => ({ endpoint, region: 'eu-west-1', credentials }), destination);
}

const errorOf = (work: Promise<unknown>) => work.then(() => null).catch((error: Error) => error);
const look = new DescribeStreamSummaryCommand({ StreamName: 'events-run-1' });

describe('createClients', () => {
  beforeAll(() => void vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true'));
  afterAll(() => void vi.unstubAllEnvs());

  it('makes clients that say what the user has to mend, whichever call it was', async () => {
    const { kinesis, lambda } = await clientsRefused('AccessDeniedException', DENIED);
    const message = `No permission: ${DENIED}: allow kinesis:DescribeStreamSummary, or use other credentials`;
    expect(await errorOf(kinesis.send(look))).toEqual(new UsageError(message));
    expect(await errorOf(lambda.send(new GetEventSourceMappingCommand({ UUID: 'x' })))).toEqual(
      new UsageError(message),
    );
  });

  it('leaves other failures as they are, for whoever expects them', async () => {
    const { kinesis } = await clientsRefused('ResourceNotFoundException', 'Stream events-run-1 not found');
    expect(await errorOf(kinesis.send(look))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('leaves the failures of sending to the load, which has to know what became of its records', async () => {
    const { producer } = await clientsRefused('AccessDeniedException', DENIED);
    expect(await errorOf(producer.send(look))).toMatchObject({ name: 'AccessDeniedException' });
    expect(await producer.config.maxAttempts()).toBe(1);
  });

  it('speaks HTTP/1.1 to all', async () => {
    const clients = await clientsRefused('ResourceNotFoundException', '');
    for (const { config } of Object.values(clients)) {
      expect(config.requestHandler.metadata?.handlerProtocol).toBe('http/1.1');
    }
  });
});
