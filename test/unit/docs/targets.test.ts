import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const PROJECT = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, PROJECT), 'utf8');

const DOCUMENT = read('docs/targets.md');
const ROWS = [...DOCUMENT.matchAll(/^\| (?!capability)(.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(
  ([, capability = '', embedded = '', ministack = '', localstack = '', aws = '']) => ({
    capability,
    ran: [embedded, ministack],
    neverRan: [localstack, aws],
  }),
);
const TESTS = [...DOCUMENT.matchAll(/^(\d+)\. `(test\/\S+)` — "(.+)"$/gm)].map(
  ([, number = '', file = '', words = '']) => ({ number, file, words }),
);
const numbersIn = (text: string): string[] => [...text.matchAll(/\[(\d+)\]/g)].map(([, number]) => number as string);

describe('docs/targets.md', () => {
  it.each(ROWS)('names a test or says that there is none: $capability', ({ ran, neverRan }) => {
    for (const cell of ran) expect(cell).toMatch(/\[\d+\]|^no: |^not proven here$|^–$/);
    // The tests can reach neither target.
    for (const cell of neverRan) expect(cell).toMatch(/^not proven here|^–$/);
  });

  it('numbers its tests in order, and leaves none out', () => {
    const numbers = TESTS.map(({ number }) => number);
    const asked = ROWS.flatMap(({ ran, neverRan }) => [...ran, ...neverRan].flatMap(numbersIn));

    expect(numbers).toEqual(numbers.map((_, i) => String(i + 1)));
    expect([...new Set(asked)].sort()).toEqual([...numbers].sort());
  });

  it.each(TESTS)('quotes test $number as it is: $words', ({ file, words }) => {
    expect(read(file).replaceAll("\\'", "'")).toContain(words);
  });
});
