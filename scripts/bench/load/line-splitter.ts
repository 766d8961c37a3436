const NEWLINE = 0x0a;

/**
 * The longest line that is sent: a Kinesis record holds 1 MiB of data and partition key together, and 1 KiB is room
 * for any key.
 */
export const MAX_LINE_BYTES = 1_048_576 - 1_024;

/** How much of a longer line is kept, to show what it was. */
const KEPT_BYTES = 256;

/** One line of the input. */
export type InputLine = {
  /** 1-based. */
  readonly number: number;
  /** Without its 0x0A; only the first bytes of a line that is too long. */
  readonly bytes: Uint8Array;
  readonly isTooLong: boolean;
};

/**
 * Splits bytes into lines at 0x0A, a batch of lines per chunk; a last line without NEWLINE counts.
 * Memory stays within one chunk and one line of `MAX_LINE_BYTES`.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputLine[]> {
  let number = 0;
  let started: Uint8Array[] = [];
  let startedBytes = 0;

  const take = (rest: Uint8Array): InputLine => {
    number += 1;
    const totalBytes = startedBytes + rest.length;
    const isTooLong = totalBytes > MAX_LINE_BYTES;
    const whole = startedBytes === 0 ? rest : Buffer.concat([...started, rest]);
    started = [];
    startedBytes = 0;
    return { number, bytes: isTooLong ? whole.subarray(0, KEPT_BYTES) : whole, isTooLong };
  };

  for await (const chunk of chunks) {
    const lines: InputLine[] = [];
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      lines.push(take(chunk.subarray(from, end)));
      from = end + 1;
    }
    if (from < chunk.length) {
      // Of a line that is already too long only the length matters any more.
      if (startedBytes <= MAX_LINE_BYTES) started.push(chunk.subarray(from));
      startedBytes += chunk.length - from;
    }
    if (lines.length > 0) yield lines;
  }
  if (startedBytes > 0) yield [take(new Uint8Array())];
}
