import { Agent, request } from 'node:http';

/** An error answer of Kinesis; `code` is its exception name. */
export class KinesisError extends Error {
  override readonly name = 'KinesisError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type Shard = {
  ShardId: string;
  ParentShardId?: string;
  AdjacentParentShardId?: string;
  SequenceNumberRange: { StartingSequenceNumber: string; EndingSequenceNumber?: string };
};

export type KinesisRecord = {
  PartitionKey: string;
  SequenceNumber: string;
  /** Base64. The function's event carries it unchanged. */
  Data: string;
  ApproximateArrivalTimestamp: number;
};

export type RecordsPage = { Records: KinesisRecord[]; NextShardIterator?: string };

export type ShardPosition =
  | { ShardIteratorType: 'TRIM_HORIZON' | 'LATEST' }
  | { ShardIteratorType: 'AT_TIMESTAMP'; Timestamp: number }
  | { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER'; StartingSequenceNumber: string };

/** The runtime's own Kinesis calls. They speak JSON, since the SDK would decode every record only to encode it again. */
export type KinesisClient = {
  createStream(streamName: string, shardCount: number): Promise<void>;
  isActive(streamName: string): Promise<boolean>;
  listShards(streamName: string): Promise<Shard[]>;
  getShardIterator(streamName: string, shardId: string, position: ShardPosition): Promise<string>;
  getRecords(shardIterator: string): Promise<RecordsPage>;
  close(): void;
};

/** kinesalite requires the parts of a signature, but does not check them. */
const UNCHECKED_SIGNATURE = 'AWS4-HMAC-SHA256 Credential=embedded, SignedHeaders=host, Signature=embedded';

export function createKinesisClient(url: string): KinesisClient {
  const agent = new Agent({ keepAlive: true });
  const call = <Answer>(operation: string, input: object) => callKinesis<Answer>(url, agent, operation, input);
  return {
    createStream: async (StreamName, ShardCount) => {
      await call('CreateStream', { StreamName, ShardCount });
    },
    isActive: async (StreamName) => {
      const { StreamDescriptionSummary } = await call<{ StreamDescriptionSummary: { StreamStatus: string } }>(
        'DescribeStreamSummary',
        { StreamName },
      );
      return StreamDescriptionSummary.StreamStatus === 'ACTIVE';
    },
    listShards: async (StreamName) => (await call<{ Shards: Shard[] }>('ListShards', { StreamName })).Shards,
    getShardIterator: async (StreamName, ShardId, position) =>
      (await call<{ ShardIterator: string }>('GetShardIterator', { StreamName, ShardId, ...position })).ShardIterator,
    getRecords: (ShardIterator) => call<RecordsPage>('GetRecords', { ShardIterator }),
    close: () => agent.destroy(),
  };
}

const CALL_TIMEOUT_MS = 30_000;

function callKinesis<Answer>(url: string, agent: Agent, operation: string, input: object): Promise<Answer> {
  const body = JSON.stringify(input);
  return new Promise((resolve, reject) => {
    const call = request(url, {
      agent,
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'content-length': Buffer.byteLength(body),
        'x-amz-target': `Kinesis_20131202.${operation}`,
        'x-amz-date': new Date().toISOString(),
        authorization: UNCHECKED_SIGNATURE,
      },
    });
    call.once('error', reject);
    call.setTimeout(CALL_TIMEOUT_MS, () =>
      call.destroy(new Error(`${operation} had no answer in ${CALL_TIMEOUT_MS} ms`)),
    );
    call.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        try {
          const text = Buffer.concat(chunks).toString('utf8');
          const answer = text === '' ? {} : (JSON.parse(text) as { __type?: string; message?: string });
          if (response.statusCode === 200) resolve(answer as Answer);
          else reject(new KinesisError(answer.__type ?? 'InternalFailure', answer.message ?? `${operation} failed`));
        } catch (error) {
          reject(error);
        }
      });
    });
    call.end(body);
  });
}
