import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';

/** Sends texts to the stream `events`, each with its own partition key; returns shard and sequence number of each. */
export async function putTexts(
  kinesis: KinesisClient,
  texts: string[],
): Promise<{ text: string; shardId: string; sequenceNumber: string }[]> {
  const sent: { text: string; shardId: string; sequenceNumber: string }[] = [];
  for (let start = 0; start < texts.length; start += 500) {
    const part = texts.slice(start, start + 500);
    const { Records = [] } = await kinesis.send(
      new PutRecordsCommand({
        StreamName: 'events',
        Records: part.map((text) => ({ PartitionKey: text, Data: Buffer.from(text) })),
      }),
    );
    for (const [index, text] of part.entries()) {
      const { ShardId: shardId = '', SequenceNumber: sequenceNumber = '' } = Records[index] ?? {};
      sent.push({ text, shardId, sequenceNumber });
    }
  }
  return sent;
}

/** Texts "PREFIX-1" to "PREFIX-count". */
export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_none, index) => `${prefix}-${index + 1}`);
}

/** Sent texts by shard as "shard:text", in the order of their sequence numbers. */
export function inShardOrder(
  sent: { text: string; shardId: string; sequenceNumber: string }[],
): Record<string, string[]> {
  const ordered = [...sent].sort((left, right) =>
    BigInt(left.sequenceNumber) < BigInt(right.sequenceNumber) ? -1 : 1,
  );
  return byShard(ordered.map(({ shardId, text }) => `${shardId}:${text}`));
}

/** Groups lines "shard:text" by shard, in their order. */
export function byShard(lines: string[]): Record<string, string[]> {
  const shards: Record<string, string[]> = {};
  for (const line of lines) {
    const [shardId = ''] = line.split(':');
    const seen = shards[shardId] ?? [];
    seen.push(line);
    shards[shardId] = seen;
  }
  return shards;
}
