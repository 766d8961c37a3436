import { describe, expect, it } from 'vitest';
import { parseCompareOptions } from '#cli/commands/compare.ts';

describe('parseCompareOptions', () => {
  it('takes a base and others, as a table without limits', () => {
    expect(parseCompareOptions(['a.json', 'b.json', 'c.json'])).toEqual({
      base: 'a.json',
      others: ['b.json', 'c.json'],
      format: 'table',
      limits: [],
    });
  });

  it('takes a format and limits', () => {
    const options = parseCompareOptions([
      'a',
      'b',
      '--format',
      'markdown',
      '--fail-on',
      'rows=+1%,cost=+2usd',
      '--verbose',
    ]);
    expect(options).toMatchObject({ base: 'a', others: ['b'], format: 'markdown' });
    expect(options?.limits.map(({ text }) => text)).toEqual(['rows=+1%', 'cost=+2usd']);
  });

  it.each([
    [[], /^Missing argument <base>; see --help$/],
    [['a'], /^Missing argument <others>; see --help$/],
    [['a', 'b', '--format', 'html'], /^Invalid --format 'html': expected one of table, markdown, json; see --help$/],
    [
      ['a', 'b', '--fail-on', 'speed=+1%'],
      /^Invalid --fail-on 'speed=\+1%': there is no metric 'speed'; known metrics: /,
    ],
    [['a', 'b', '--fail-on'], /^Missing value of --fail-on: expected <limits>; see --help$/],
    [['a', 'b', '--fast'], /^Unknown option '--fast'; see --help$/],
  ])('refuses %j in one line', (args, message) => {
    expect(() => parseCompareOptions(args)).toThrow(message);
  });
});
