import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { GetRecordsCommand, GetShardIteratorCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SmallStack, startSmallStack, stream } from './small-stack.ts';
import { putTexts } from './stream-load.ts';

let stack: SmallStack;

beforeEach(async () => {
  stack = await startSmallStack({}, { Events: stream(2) });
});

afterEach(() => stack.close());

async function iterator(shard: number, position: object = { ShardIteratorType: 'TRIM_HORIZON' }) {
  const ShardId = `shardId-00000000000${shard}`;
  const answer = await stack.kinesis.send(
    new GetShardIteratorCommand({ StreamName: 'events', ShardId, ShardIteratorType: 'TRIM_HORIZON', ...position }),
  );
  return answer.ShardIterator;
}

const read = (ShardIterator: string | undefined) => stack.kinesis.send(new GetRecordsCommand({ ShardIterator }));

/** 40 records of 250 KB for the first shard. */
async function putTenMegabytes(): Promise<void> {
  const Data = randomBytes(256_000);
  for (let call = 0; call < 3; call += 1) {
    await stack.kinesis.send(
      new PutRecordsCommand({
        StreamName: 'events',
        Records: Array.from({ length: 15 }, () => ({ PartitionKey: 'x', ExplicitHashKey: '0', Data })),
      }),
    );
  }
}

describe('embedded Kinesis', () => {
  it('refuses a sixth read of a shard within a second, and leaves the other shards open', async () => {
    const [first, second] = await Promise.all([iterator(0), iterator(1)]);
    // So many reads that even a slow machine cannot spread them over enough seconds for all to be answered.
    const reads = await Promise.allSettled(Array.from({ length: 50 }, () => read(first)));
    const refused = reads.filter((result) => result.status === 'rejected').map(({ reason }) => reason.name);
    expect(new Set(refused)).toEqual(new Set(['ProvisionedThroughputExceededException']));
    await expect(read(second)).resolves.toBeDefined();
  });

  it('gives at most 10 MB a page, then keeps the shard closed, and skips nothing', async () => {
    await putTenMegabytes();
    const page = await read(await iterator(0));
    const sizeBytes = (page.Records ?? []).reduce((sum, { Data }) => sum + (Data?.length ?? 0), 0);
    expect(sizeBytes).toBeLessThanOrEqual(10 * 1024 * 1024);
    await expect(read(page.NextShardIterator)).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
    });
    await expect
      .poll(
        () =>
          read(page.NextShardIterator).then(
            ({ Records = [] }) => Records.length,
            () => 0,
          ),
        {
          timeout: 20_000,
          interval: 500,
        },
      )
      .toBe(45 - (page.Records?.length ?? 0));
  });

  it('answers AT_TIMESTAMP when every record is older', async () => {
    const [sent] = await putTexts(stack.kinesis, ['old']);
    const shard = Number(sent?.shardId.at(-1));
    const later = new Date();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const since = await iterator(shard, { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: later });
    await putTexts(stack.kinesis, ['young']);
    expect(since).toBeDefined();
    const all = await iterator(shard, { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(0) });
    expect((await read(all)).Records?.[0]?.PartitionKey).toBe('old');
  });

  it('survives a client that disconnects within a request', async () => {
    const { hostname, port } = new URL(stack.endpoints.kinesis);
    const half = request({ hostname, port, method: 'POST', headers: { 'content-length': 1000 } });
    half.on('error', () => {});
    half.write('{"StreamName"');
    await new Promise((resolve) => setTimeout(resolve, 50));
    half.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(putTexts(stack.kinesis, ['still there'])).resolves.toHaveLength(1);
  });
});
