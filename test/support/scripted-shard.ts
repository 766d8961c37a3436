import { type _Record, InvalidArgumentException, ResourceNotFoundException } from '@aws-sdk/client-kinesis';
import type { StreamRecord } from '#functions/core/tally.ts';
import type { Call } from './scripted-target.ts';

/**
 * A stream of one shard for a scripted Kinesis client; its iterators are positions. In pages of two records, the first of
 * them empty, as one is now and then.
 *
 * @param expired how many of the first records have outlived the retention
 */
export function scriptedShard(
  records: readonly StreamRecord[],
  {
    expired = 0,
    gone = false,
    refusesExpired = false,
  }: { expired?: number; gone?: boolean; refusesExpired?: boolean } = {},
): (call: Call) => unknown {
  const meta = { $metadata: {} };
  const behind = (number: unknown): number => {
    const at = records.findIndex(({ sequenceNumber }) => BigInt(sequenceNumber) >= BigInt(String(number)));
    if (refusesExpired && at < expired) throw new InvalidArgumentException({ ...meta, message: 'expired' });
    return at === -1 ? records.length : at;
  };
  const startOf = ({ ShardIteratorType: type, StartingSequenceNumber: number, Timestamp }: Call['input']): number => {
    if (type === 'AT_SEQUENCE_NUMBER') return behind(number);
    if (type === 'AFTER_SEQUENCE_NUMBER') return behind(BigInt(String(number)) + 1n);
    if (type !== 'AT_TIMESTAMP') return 0;
    const at = records.findIndex(({ arrivalMs }) => arrivalMs >= (Timestamp as Date).getTime());
    return at === -1 ? records.length : at;
  };
  return ({ name, input }) => {
    if (gone) throw new ResourceNotFoundException({ ...meta, message: 'Stream events not found.' });
    if (name === 'GetShardIterator') return { ShardIterator: `${Math.max(expired, startOf(input))} new` };
    if (name !== 'GetRecords') throw new Error(`unexpected ${name}`);
    const [at = '0', state] = String(input.ShardIterator).split(' ');
    if (state === 'new') return { Records: [], NextShardIterator: `${at} read`, MillisBehindLatest: records.length };
    const page = records.slice(Number(at), Number(at) + 2);
    return {
      Records: page.map(
        ({ sequenceNumber, arrivalMs, data }): _Record => ({
          SequenceNumber: sequenceNumber,
          ApproximateArrivalTimestamp: new Date(arrivalMs),
          Data: data,
          PartitionKey: 'p',
        }),
      ),
      NextShardIterator: `${Number(at) + page.length} read`,
      MillisBehindLatest: 0,
    };
  };
}
