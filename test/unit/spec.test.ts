import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(`${PROJECT}${path}`, 'utf8');

/** Titles of `describe` and `it`, tables of cases included: literals that are a first argument, outside comments. */
function testTitles(source: string): string[] {
  const code = source.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  // `it('…', `, and `('…', ` behind the table of an `it.each(…)`.
  const titles = code.matchAll(
    /(?:\b(?:it|describe)|\))\(\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\])*)`),\s/g,
  );
  return [...titles].map(([, single, double, template]) =>
    (single ?? double ?? template ?? '').replaceAll(/\\(['"`\\])/g, '$1'),
  );
}

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

  it.each(references)('quotes a title of $file as it is: $words', ({ file, words }) => {
    expect(testTitles(read(file))).toContain(words);
  });

  it('would not take the words of a comment, or of a value, for a test', () => {
    const source = [
      "// it('counts what nobody sends', () => {});",
      "const title = 'counts what nobody sends';",
      "it('counts what\\'s sent', () => {",
      "  it.each([[1], [2]])('counts %i', () => {",
    ].join('\n');
    expect(testTitles(source)).toEqual(["counts what's sent", 'counts %i']);
  });
});
