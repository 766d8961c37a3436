import { describe, expect, it, vi } from 'vitest';
import { EMULATOR_CONTEXT } from '#bench/targets/emulator.ts';
import { parseDeployOptions } from '#cli/commands/deploy-localstack.ts';
import { parseDestroyOptions } from '#cli/commands/destroy-localstack.ts';
import { UsageError } from '#text/usage-error.ts';

describe('the options of a deploy to an emulator', () => {
  it("are every emulator's settings where none is given", () => {
    expect(parseDeployOptions([])).toEqual({ stack: 'Tidemark', context: EMULATOR_CONTEXT, verbose: false });
  });

  it('add what is given, with the name of the stack', () => {
    const args = ['-c', 'window=60', '--context', 'name=Other', '-c', 'benchmark=false', '-c', 'paths=micro-batch'];

    expect(parseDeployOptions([...args, '--verbose'])).toEqual({
      stack: 'Other',
      context: { ...EMULATOR_CONTEXT, window: '60', name: 'Other', benchmark: 'false', paths: 'micro-batch' },
      verbose: true,
    });
  });

  it.each([
    [['-c', 'window'], "Invalid -c 'window': expected key=value, such as window=60; see --help"],
    [['-c', 'window=0'], "Invalid context window '0': expected 1–86400 seconds"],
    [['-c', 'widnow=60'], "Unknown context 'widnow': expected one of alarmTopic, "],
    [['-c', 'paths=micro-batch'], "Impossible context benchmark 'true' with paths 'micro-batch'"],
    [['-c', 'database=aurora'], 'Invalid -c database=aurora: expected database=external on an emulator'],
    [['-c', 'protect=true'], 'Invalid -c protect=true: expected protect=false on an emulator'],
    [['-c', 'databaseSecret=arn'], 'Invalid -c databaseSecret=arn: expected none on an emulator'],
    [['--window', '60'], "Unknown option '--window'"],
    [['Tidemark'], "Unexpected argument 'Tidemark'"],
  ])('refuse %j in one line', (args, message) => {
    expect(() => parseDeployOptions(args)).toThrow(UsageError);
    expect(() => parseDeployOptions(args)).toThrow(message);
  });

  it('are none where only help is asked for, which names the environment', () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);

    expect(parseDeployOptions(['--help'])).toBeNull();
    expect(written.mock.calls.join('')).toContain('FUNCTIONS_DATABASE_URL');
    written.mockRestore();
  });
});

describe('the options of a removal from an emulator', () => {
  it.each([
    [[], { stack: 'Tidemark', keepTables: false, verbose: false }],
    [['--stack', 'Other', '--keep-tables'], { stack: 'Other', keepTables: true, verbose: false }],
  ])('are read from %j', (args, expected) => {
    expect(parseDestroyOptions(args)).toEqual(expected);
  });

  it.each([
    [['--all'], "Unknown option '--all'; see --help"],
    [['Other'], "Unexpected argument 'Other'"],
  ])('refuse %j in one line', (args, message) => {
    expect(() => parseDestroyOptions(args)).toThrow(UsageError);
    expect(() => parseDestroyOptions(args)).toThrow(message);
  });
});
