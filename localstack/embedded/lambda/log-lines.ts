import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Calls back for every line of a stream, and for what is left without a line end when it closes. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.once('end', () => {
    if (rest !== '') onLine(rest);
  });
}

/** Keeps the last bytes of the lines that it is given; `take` gives them and starts anew. */
export function createTail(limitBytes: number): { add(line: string): void; take(): string } {
  let lines: string[] = [];
  let sizeBytes = 0;
  return {
    add(line) {
      lines.push(line);
      sizeBytes += line.length + 1;
      while (lines.length > 1 && sizeBytes - (lines[0]?.length ?? 0) - 1 >= limitBytes) {
        sizeBytes -= (lines.shift()?.length ?? 0) + 1;
      }
    },
    take() {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      lines = [];
      sizeBytes = 0;
      return bytes.subarray(Math.max(0, bytes.length - limitBytes)).toString('utf8');
    },
  };
}
