/**
 * The titles of a test file's `describe` and `it`, tables of cases included: the first argument where a literal stands there. What
 * a comment or a value says is none.
 */
export function testTitles(source: string): string[] {
  const code = source.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  // `it('…', `, and `('…', ` behind the table of an `it.each(…)`.
  const titles = code.matchAll(
    /(?:\b(?:it|describe)|\))\(\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\])*)`),\s/g,
  );
  return [...titles].map(([, single, double, template]) =>
    (single ?? double ?? template ?? '').replaceAll(/\\(['"`\\])/g, '$1'),
  );
}
