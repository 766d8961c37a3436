import { describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES, splitLines } from '#bench/load/log-input.ts';

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
