import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { kinesisSource } from '#functions/stream/kinesis-source.ts';

/** A client with one shard, which remembers what it was asked for. */
function clientOf(startingSequenceNumber: string) {
  const asked: { StartingSequenceNumber?: string; ShardIteratorType?: string }[] = [];
  const client = {
    async send({ input }: { input: object }) {
      asked.push(input);
      const range = { StartingSequenceNumber: startingSequenceNumber };
      return { Shards: [{ ShardId: 'shardId-0', SequenceNumberRange: range }], ShardIterator: 'iterator' };
    },
  } as unknown as KinesisClient;
  return { client, asked };
}

describe('opening a shard behind a checkpoint', () => {
  const ON_AWS = '49673986345674634928492847291847299384729384729384720001';

  it.each([
    ['as it is where the stream writes no leading zeros', ON_AWS, `${ON_AWS}9`, `${ON_AWS}9`],
    ['with the leading zeros that the stream writes', '000000001700', '1800', '000000001800'],
  ])('gives the sequence number %s', async (_, first, checkpoint, expected) => {
    const { client, asked } = clientOf(first);
    const source = kinesisSource(client, 'events');
    await source.listShards();

    await source.openShard('shardId-0', checkpoint);

    expect(asked.at(-1)).toMatchObject({
      ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
      StartingSequenceNumber: expected,
    });
  });

  it('starts at the oldest record where there is no checkpoint', async () => {
    const { client, asked } = clientOf('000000001700');
    const source = kinesisSource(client, 'events');
    await source.listShards();

    await source.openShard('shardId-0', null);

    expect(asked.at(-1)).toMatchObject({ ShardIteratorType: 'TRIM_HORIZON' });
  });
});
