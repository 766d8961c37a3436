import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseRemovalOptions } from '#cli/commands/remove-runs.ts';
import { UsageError } from '#text/usage-error.ts';

describe('parseRemovalOptions', () => {
  it.each([
    [[], { target: 'embedded', stack: 'Tidemark', all: false, runs: [] }],
    [['abcd1234', 'efgh5678'], { target: 'embedded', stack: 'Tidemark', all: false, runs: ['abcd1234', 'efgh5678'] }],
    [['--target', 'aws', '--stack', 'Clicks', '--all'], { target: 'aws', stack: 'Clicks', all: true, runs: [] }],
    [
      ['--target', 'localstack', 'abcd1234'],
      { target: 'localstack', stack: 'Tidemark', all: false, runs: ['abcd1234'] },
    ],
  ])('reads %j', (args, options) => {
    expect(parseRemovalOptions(args)).toEqual({ ...options, verbose: false });
  });

  it.each([
    [['--target', 'azure'], "Invalid --target 'azure': expected one of embedded, localstack, aws; see --help"],
    [
      ['--stack', 'Clicks'],
      '--stack names a deployed stack: use --target localstack or aws, or leave out --stack; see --help',
    ],
    [['--force'], "Unknown option '--force'; see --help"],
  ])('refuses %j', (args, message) => {
    expect(() => parseRemovalOptions(args)).toThrow(new UsageError(message));
  });

  it('gives help that names the targets and the database', () => {
    let help = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      help += text;
      return true;
    });
    onTestFinished(() => write.mockRestore());
    expect(parseRemovalOptions(['--help'])).toBeNull();
    expect(help).toMatch(/--target[\s\S]*localstack[\s\S]*--stack[\s\S]*DATABASE_URL/);
  });
});
