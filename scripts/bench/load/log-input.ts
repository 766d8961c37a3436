import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UsageError } from '#text/usage-error.ts';

/** Bytes per read: large enough that a chunk holds more lines than one PutRecords call. */
const CHUNK_BYTES = 256 * 1_024;

const OPEN_FAILURES: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file; check the path',
  EACCES: 'permission denied; make it readable for this user',
  EPERM: 'permission denied; make it readable for this user',
  EISDIR: 'it is a directory; name one file, or - for standard input',
  ENOTDIR: 'a part of its path is no directory; check the path',
};

/**
 * Opens `path` (`-` is standard input), plain or gzip by its first two bytes, multi-member gzip included, and splits
 * it into batches of lines. It streams: memory does not grow with the input.
 * @throws UsageError, at the first read or later, for an input that cannot be opened, read or unpacked
 */
export async function* readInput(
  path: string,
  stdin: AsyncIterable<Uint8Array> = process.stdin,
): AsyncGenerator<InputLine[]> {
  try {
    yield* splitLines(unpack(path === '-' ? stdin : readFileChunks(path)));
  } catch (error) {
    throw describeFailure(path, error);
  }
}

async function* readFileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file: FileHandle = await open(path, 'r');
  try {
    // Every chunk needs a fresh buffer, because lines are views into it.
    for (;;) {
      const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafeSlow(CHUNK_BYTES) });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* unpack(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const rejoined = rejoin(head, iterator);
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* rejoined;
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  // The error reaches the loop below through gunzip, which the pipeline destroys with it.
  pipeline(Readable.from(rejoined, { objectMode: false }), gunzip, () => undefined);
  for await (const chunk of gunzip) yield chunk as Uint8Array;
}

async function* rejoin(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function describeFailure(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const name = path === '-' ? 'standard input' : `input '${path}'`;
  if (code === 'Z_BUF_ERROR') {
    return new UsageError(`Cannot unpack ${name}: its gzip data ends too early; copy or compress it again`, {
      cause: error,
    });
  }
  if (code.startsWith('Z_')) {
    return new UsageError(`Cannot unpack ${name}: its gzip data is corrupt; copy or compress it again`, {
      cause: error,
    });
  }
  if (code === '') return error;
  return new UsageError(`Cannot read ${name}: ${OPEN_FAILURES[code] ?? `the system says ${code}`}`, {
    cause: error,
  });
}

const NEWLINE = 0x0a;

/**
 * The longest line that is sent: a Kinesis record holds 1 MiB of data and partition key together, and 1 KiB is room
 * for any key.
 */
export const MAX_LINE_BYTES = 1_048_576 - 1_024;

/** Bytes of a longer line that are kept to show it in a message. */
const KEPT_BYTES = 256;

/** One line of the input. */
export type InputLine = {
  /** 1-based. */
  readonly number: number;
  /** The line without its 0x0A; only the first bytes of a line that is too long. */
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
      // Once a line is too long, only its length still matters.
      if (startedBytes <= MAX_LINE_BYTES) started.push(chunk.subarray(from));
      startedBytes += chunk.length - from;
    }
    if (lines.length > 0) yield lines;
  }
  if (startedBytes > 0) yield [take(new Uint8Array())];
}
