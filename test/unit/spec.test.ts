import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(`${PROJECT}${path}`, 'utf8');

/** What a test file says, with its own escapes undone. */
const wordsOf = (source: string): string => source.replaceAll("\\'", "'");

describe('SPEC.md', () => {
  const references = [...read('SPEC.md').matchAll(/^- `(test\/\S+)` — "(.+)"$/gm)].map(([, file, words]) => ({
    file: file as string,
    words: words as string,
  }));

  it('names a test for each of its invariants', () => {
    const invariants = read('SPEC.md').split(/^## /m).slice(1);

    expect(invariants.filter((text) => !/^- `test\//m.test(text))).toEqual([]);
    expect(references.length).toBeGreaterThan(invariants.length);
  });

  it.each(references)('quotes $file as it is: $words', ({ file, words }) => {
    expect(wordsOf(read(file))).toContain(words);
  });
});
