import { SplitShardCommand } from '@aws-sdk/client-kinesis';
import { afterEach, describe, expect, it } from 'vitest';
import { mapping, recordingHandler, type SmallStack, startSmallStack, stream } from './small-stack.ts';
import { byShard, inShardOrder, numbered, putTexts } from './stream-load.ts';

let stack: SmallStack | null = null;

afterEach(() => stack?.close());

const PATIENT = { timeout: 25_000, interval: 50 };

async function start(
  code: string,
  shardCount: number,
  properties: Record<string, unknown> = {},
  functionProperties: Record<string, unknown> = {},
): Promise<SmallStack> {
  stack = await startSmallStack(
    { reader: { code, properties: functionProperties } },
    {
      Events: stream(shardCount),
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'failures' } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failures' } },
      Mapping: mapping('reader', properties),
    },
  );
  return stack;
}

const onFailure = (resource: string) => ({
  DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [resource, 'Arn'] } } },
});

describe('the event source mapping', () => {
  it('delivers 1,000 records of two shards, each shard in order', async () => {
    const { kinesis, seen } = await start(recordingHandler(), 2, { BatchSize: 90 });
    const sent = await putTexts(kinesis, numbered('event', 1000));
    await expect.poll(() => seen().length, PATIENT).toBe(1000);
    expect(byShard(seen())).toEqual(inShardOrder(sent));
  });

  it("sends the event of Lambda's Kinesis trigger", async () => {
    const { kinesis, seen } = await start(
      `import { appendFileSync } from 'node:fs';
       export const handler = async (event) => appendFileSync(process.env.SEEN, JSON.stringify(event) + '\\n');`,
      1,
    );
    const [sent] = await putTexts(kinesis, ['hello']);
    await expect.poll(() => seen().length, PATIENT).toBe(1);
    expect(JSON.parse(seen()[0] ?? '')).toEqual({
      Records: [
        {
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey: 'hello',
            sequenceNumber: sent?.sequenceNumber,
            data: Buffer.from('hello').toString('base64'),
            approximateArrivalTimestamp: expect.any(Number),
          },
          eventSource: 'aws:kinesis',
          eventVersion: '1.0',
          eventID: `shardId-000000000000:${sent?.sequenceNumber}`,
          eventName: 'aws:kinesis:record',
          invokeIdentityArn: expect.stringMatching(/^arn:aws:iam::/),
          awsRegion: 'us-east-1',
          eventSourceARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/events',
        },
      ],
    });
  });

  it('redelivers the batch of a killed environment', async () => {
    const slowly = 'await new Promise((resolve) => setTimeout(resolve, 100));';
    const { kinesis, seen, killEnvironment } = await start(recordingHandler(slowly), 1, { BatchSize: 20 });
    const sent = await putTexts(kinesis, numbered('event', 200));
    let kills = 0;
    await expect
      .poll(() => {
        if (
          kills < 3 &&
          killEnvironment(
            ({ busy }) => busy,
            () => 0,
          ) !== null
        )
          kills += 1;
        return new Set(seen()).size;
      }, PATIENT)
      .toBe(200);
    expect(kills).toBe(3);
    // A batch that was killed after its notes appears twice; its first notes are in order.
    expect(byShard([...new Set(seen())])).toEqual(inShardOrder(sent));
  });

  it('retries from the first failed record of a partial response', async () => {
    const answer = `
      if (invocations === 1) {
        appendFileSync(process.env.SEEN, 'first of ' + records.length + '\\n');
        return { batchItemFailures: [{ itemIdentifier: records[3].sequenceNumber }] };
      }`;
    const { kinesis, seen } = await start(recordingHandler(answer), 1, {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const sent = await putTexts(kinesis, numbered('event', 10));
    await expect.poll(() => seen().length, PATIENT).toBe(8);
    const [, ...all] = Object.values(inShardOrder(sent)).flat().slice(2);
    expect(seen()).toEqual(['first of 10', ...all]);
  });

  it('stores a discarded batch in the bucket with its records, and goes on', async () => {
    const answer = `if (records.some(({ text }) => text === 'poison')) throw new Error('poisoned');`;
    const { kinesis, seen, bucketObjects } = await start(recordingHandler(answer), 1, {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
      ...onFailure('Bucket'),
    });
    const sent = await putTexts(kinesis, ['one', 'two', 'poison', 'four']);
    await expect.poll(() => seen().length, PATIENT).toBe(3);
    const [object, ...others] = bucketObjects('failures');
    expect(others).toEqual([]);
    expect(object?.key).toMatch(
      /^aws\/lambda\/[0-9a-f-]{36}\/shardId-000000000000\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/,
    );
    const record = JSON.parse(object?.body ?? '{}');
    const poison = sent.find(({ text }) => text === 'poison')?.sequenceNumber;
    expect(record).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      KinesisBatchInfo: { batchSize: 1, startSequenceNumber: poison, endSequenceNumber: poison },
    });
    expect(JSON.parse(record.payload).Records[0].kinesis.partitionKey).toBe('poison');
  });

  it('stores the sequence numbers alone in a queue', async () => {
    const { kinesis, queueMessages } = await start(
      `export const handler = async () => { throw new Error('no'); };`,
      1,
      {
        MaximumRetryAttempts: 0,
        ...onFailure('Queue'),
      },
    );
    await putTexts(kinesis, ['one']);
    await expect.poll(() => queueMessages('failures').length, PATIENT).toBe(1);
    const message = JSON.parse(queueMessages('failures')[0] ?? '{}');
    expect(message.requestContext.approximateInvokeCount).toBe(1);
    expect(message).not.toHaveProperty('payload');
  });

  it('waits when the function has no capacity, and loses nothing', async () => {
    const slowly = 'await new Promise((resolve) => setTimeout(resolve, 20));';
    const { kinesis, seen } = await start(
      recordingHandler(slowly),
      3,
      { BatchSize: 10, MaximumRetryAttempts: 0, ...onFailure('Bucket') },
      { ReservedConcurrentExecutions: 1 },
    );
    const sent = await putTexts(kinesis, numbered('event', 200));
    await expect.poll(() => seen().length, PATIENT).toBe(200);
    expect(byShard(seen())).toEqual(inShardOrder(sent));
  });

  it('delivers a parent shard before its children', async () => {
    const slowly = 'await new Promise((resolve) => setTimeout(resolve, 50));';
    const { kinesis, seen } = await start(recordingHandler(slowly), 1, { BatchSize: 20 });
    const before = await putTexts(kinesis, numbered('before', 100));
    const half = (2n ** 127n).toString();
    await kinesis.send(
      new SplitShardCommand({ StreamName: 'events', ShardToSplit: 'shardId-000000000000', NewStartingHashKey: half }),
    );
    const after: Awaited<ReturnType<typeof putTexts>> = [];
    // The split takes a moment; records go to the parent until then.
    while (!after.some(({ shardId }) => shardId !== 'shardId-000000000000')) {
      after.push(...(await putTexts(kinesis, numbered(`after-${after.length}`, 20))));
    }
    after.push(...(await putTexts(kinesis, numbered('last', 50))));
    const sent = [...before, ...after];
    await expect.poll(() => seen().length, PATIENT).toBe(sent.length);
    expect(byShard(seen())).toEqual(inShardOrder(sent));
    const shards = seen().map((line) => line.split(':')[0]);
    const firstChild = shards.findIndex((shard) => shard !== 'shardId-000000000000');
    expect(firstChild).toBeGreaterThan(shards.lastIndexOf('shardId-000000000000'));
  });
});
