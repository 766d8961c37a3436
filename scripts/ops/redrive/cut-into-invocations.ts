import type { KinesisRecord } from '#functions/contract.ts';

/** An invocation may carry 6 MB, with what is around the records. */
const INVOCATION_BYTES = 5_500_000;

/**
 * Records in their order, in parts that fit into an invocation each.
 *
 * @throws Error naming a record that fits into none
 */
export async function* cutIntoInvocations(
  records: AsyncIterable<KinesisRecord> | Iterable<KinesisRecord>,
  mostBytes = INVOCATION_BYTES,
): AsyncGenerator<KinesisRecord[]> {
  let part: KinesisRecord[] = [];
  let bytes = 0;
  for await (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record)) + 1;
    if (size > mostBytes) {
      throw new Error(
        `Record ${record.kinesis.sequenceNumber} takes ${size} bytes, more than the ${mostBytes} of an invocation: no function can be given it`,
      );
    }
    if (bytes + size > mostBytes) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(record);
    bytes += size;
  }
  if (part.length > 0) yield part;
}
