import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { VerdictOptions } from '#bench/benchmark-options.ts';
import { verdictOptions } from '#cli/options/verdict-options.ts';
import { parseCommand } from '#cli/parse-command.ts';
import { UsageError } from '#text/usage-error.ts';

function parse(args: string[], defaults?: 'own' | 'as in the report'): VerdictOptions | null {
  const command = new Command();
  for (const option of verdictOptions(defaults)) command.addOption(option);
  return parseCommand<VerdictOptions>(command, args);
}

describe('verdictOptions', () => {
  it("have the defaults of a first verdict: a reader of counts as they grow, no value, a database of one's own", () => {
    expect(parse([])).toEqual({ reads: 'partial', freshnessValue: 0, database: 'auto-pause' });
  });

  it('say nothing where the report does', () => {
    expect(parse([], 'as in the report')).toEqual({});
  });

  it.each(['own', 'as in the report'] as const)('reads what is given, with defaults %s', (defaults) => {
    const args = '--reads final --freshness-value 2.5 --database shared --prices prices.json'.split(' ');
    expect(parse(args, defaults)).toEqual({
      reads: 'final',
      freshnessValue: 2.5,
      database: 'shared',
      prices: 'prices.json',
    });
  });

  it.each([
    ['--reads', 'all', 'expected one of partial, final'],
    ['--freshness-value', '-1', 'expected a number from 0 to 1000000000'],
    ['--freshness-value', '', 'expected a number from 0 to 1000000000'],
    ['--freshness-value', 'NaN', 'expected a number from 0 to 1000000000'],
    ['--database', 'own', 'expected one of auto-pause, always-on, shared'],
  ])('refuses %s %j in one line', (flag, value, expected) => {
    expect(() => parse([flag, value])).toThrow(new UsageError(`Invalid ${flag} '${value}': ${expected}; see --help`));
  });
});
