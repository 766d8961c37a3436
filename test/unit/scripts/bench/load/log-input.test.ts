import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES, readInput, splitLines } from '#bench/load/log-input.ts';
import { UsageError } from '#text/usage-error.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-input-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function writeInput(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function readLines(path: string, stdin?: AsyncIterable<Uint8Array>): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of readInput(path, stdin)) {
    for (const { bytes } of batch) lines.push(Buffer.from(bytes).toString());
  }
  return lines;
}

/** Bytes as a pipe may deliver them. */
async function* trickle(content: Uint8Array) {
  for (const byte of content) yield Uint8Array.of(byte);
}

const many = Array.from({ length: 20_000 }, (_, index) => `line ${index} ${(index * 7_919) % 104_729}`);
const packed = gzipSync(many.join('\n'));

describe('readInput', () => {
  it('reads a plain file', async () => {
    expect(await readLines(writeInput('plain', many.join('\n')))).toEqual(many);
  });

  it('reads a gzip file by its first bytes, whatever its name', async () => {
    expect(await readLines(writeInput('packed', packed))).toEqual(many);
  });

  it('reads every member of a gzip file', async () => {
    const members = Buffer.concat([gzipSync('a\n'), gzipSync('b\nc')]);
    expect(await readLines(writeInput('members', members))).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['plain', Buffer.from('a\nb')],
    ['gzip', gzipSync('a\nb')],
  ])('reads %s bytes that trickle in through standard input', async (_kind, content) => {
    expect(await readLines('-', trickle(content))).toEqual(['a', 'b']);
  });

  it.each([
    ['', []],
    ['x', ['x']],
  ])('reads an input of %j', async (content, lines) => {
    expect(await readLines(writeInput('tiny', content))).toEqual(lines);
  });

  it('lets go of a file that is not read to its end', async () => {
    const input = readInput(writeInput('abandoned', packed));
    await input.next();
    await expect(input.return(undefined)).resolves.toMatchObject({ done: true });
  });

  it('says that gzip data ends too early', async () => {
    const path = writeInput('cut', packed.subarray(0, packed.length / 2));
    const reading = readLines(path);
    await expect(reading).rejects.toBeInstanceOf(UsageError);
    await expect(reading).rejects.toThrow(
      `Cannot unpack input '${path}': its gzip data ends too early; copy or compress it again`,
    );
  });

  it('says that gzip data is corrupt', async () => {
    const corrupt = Buffer.from(packed);
    corrupt.fill(0xff, 40, 80);
    await expect(readLines('-', trickle(corrupt))).rejects.toThrow(
      'Cannot unpack standard input: its gzip data is corrupt; copy or compress it again',
    );
  });

  it('says that there is no such file', async () => {
    const path = join(folder, 'nowhere');
    const reading = readLines(path);
    await expect(reading).rejects.toBeInstanceOf(UsageError);
    await expect(reading).rejects.toThrow(`Cannot read input '${path}': there is no such file; check the path`);
  });

  it('says that a directory is none', async () => {
    await expect(readLines(folder)).rejects.toThrow(
      `Cannot read input '${folder}': it is a directory; name one file, or - for standard input`,
    );
  });

  it('says that a file may not be read', async () => {
    async function* forbidden(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a\n');
      throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    }
    await expect(readLines('-', forbidden())).rejects.toThrow(
      'Cannot read standard input: permission denied; make it readable for this user',
    );
  });
});

async function split(chunks: readonly (string | Uint8Array)[]) {
  async function* source() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const lines = [];
  for await (const batch of splitLines(source())) lines.push(...batch);
  return lines;
}

describe('splitLines', () => {
  it.each([
    [['a\nb\n'], ['a', 'b']],
    [['a\nb'], ['a', 'b']],
    [
      ['a', 'b', 'c\n', 'd'],
      ['abc', 'd'],
    ],
    [['\n\na\r\n'], ['', '', 'a\r']],
    [['a', '\n'], ['a']],
    [[], []],
  ])('splits %j into %j', async (chunks, expected) => {
    const lines = await split(chunks);
    expect(lines.map((line) => Buffer.from(line.bytes).toString())).toEqual(expected);
    expect(lines.map((line) => line.number)).toEqual(expected.map((_, index) => index + 1));
  });

  it('keeps bytes that are no UTF-8', async () => {
    const [line] = await split([Uint8Array.of(0xff, 0xfe, 0x0a)]);
    expect([...(line?.bytes ?? [])]).toEqual([0xff, 0xfe]);
  });

  it('keeps the longest line that a record can hold, and the beginning of a longer one', async () => {
    const longest = Buffer.alloc(MAX_LINE_BYTES, 'a');
    const lines = await split([longest, '\n', longest, 'b\n', 'c\n', longest, longest, longest]);
    expect(lines.map((line) => [line.number, line.isTooLong, line.bytes.length])).toEqual([
      [1, false, MAX_LINE_BYTES],
      [2, true, 256],
      [3, false, 1],
      [4, true, 256],
    ]);
  });
});
