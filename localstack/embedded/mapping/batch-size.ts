/** A synchronous invocation carries 6 MB, the base64 of the records included. */
export const EVENT_BYTES = 6 * 1024 * 1024;
const ENVELOPE_BYTES = '{"Records":[]}'.length;

/**
 * How many records from the front go into the next batch, and whether more would not fit: by count or by bytes.
 * A record that is too large for an event goes alone.
 */
export function fullBatchLength(
  records: readonly { sizeBytes: number }[],
  batchSize: number,
): { length: number; isFull: boolean } {
  let sizeBytes = ENVELOPE_BYTES;
  for (const [index, record] of records.entries()) {
    if (index === batchSize) return { length: index, isFull: true };
    const comma = index === 0 ? 0 : 1;
    if (index > 0 && sizeBytes + comma + record.sizeBytes > EVENT_BYTES) return { length: index, isFull: true };
    sizeBytes += comma + record.sizeBytes;
  }
  return { length: records.length, isFull: records.length === batchSize };
}
