import { describe, expect, it } from 'vitest';
import { parseRedriveOptions } from '#cli/commands/redrive.ts';
import { parseRemovalOptions } from '#cli/commands/remove-runs.ts';
import { readRunbook } from '#test/support/runbook.ts';

const PARSERS: Record<string, (args: readonly string[]) => object | null> = {
  redrive: parseRedriveOptions,
  'remove-runs': parseRemovalOptions,
};

const COMMANDS = [...[...readRunbook().values()].join('\n').matchAll(/npm run ([a-z-]+) -- ([^`\n]+)/g)].map(
  ([, script, args]) => [script as string, args as string] as const,
);

describe('the commands of the runbook', () => {
  it('are redrives and removals of runs', () => {
    expect(new Set(COMMANDS.map(([script]) => script))).toEqual(new Set(Object.keys(PARSERS)));
  });

  it.each(COMMANDS)('npm run %s -- %s is one that the script takes', (script, args) => {
    expect(PARSERS[script]?.(args.split(' '))).toMatchObject({ target: 'aws' });
  });
});
