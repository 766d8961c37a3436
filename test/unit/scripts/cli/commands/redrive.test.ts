import { describe, expect, it } from 'vitest';
import { parseRedriveOptions } from '#cli/commands/redrive.ts';
import { UsageError } from '#text/usage-error.ts';

const parse = (text: string) => parseRedriveOptions(text.split(' ').filter(Boolean));

describe('the options of redrive', () => {
  it('take everything in the bucket from its payload, unless told otherwise', () => {
    expect(parse('--target aws')).toEqual({
      target: 'aws',
      stack: 'Tidemark',
      list: false,
      from: 'payload',
      sources: [],
      verbose: false,
    });
  });

  it('take names, a stack, and the stream instead', () => {
    expect(parse('--target localstack --stack Other --from stream one two')).toMatchObject({
      target: 'localstack',
      stack: 'Other',
      from: 'stream',
      sources: ['one', 'two'],
    });
  });

  it('take a span of time, on some shards', () => {
    expect(
      parse('--target aws --since 2026-01-31T12:00:00Z --until 2026-01-31T14:00:00+01:00 --shard a b'),
    ).toMatchObject({ since: Date.UTC(2026, 0, 31, 12), until: Date.UTC(2026, 0, 31, 13), shard: ['a', 'b'] });
  });

  it.each([
    ['', 'Missing --target: expected localstack or aws'],
    [
      '--target embedded',
      'an embedded stack ends with its run, and its failed batches too, so there is nothing to redrive',
    ],
    ['--target moon', "Invalid --target 'moon': expected one of localstack, aws"],
    ['--target aws --from memory', "Invalid --from 'memory': expected one of payload, stream"],
    ['--target aws --stack 1', "Invalid --stack '1': expected a letter"],
    ['--target aws --since noon', "Invalid --since 'noon': expected a time in ISO 8601"],
    ['--target aws --until 2026-01-31T12:00:00Z', '--until needs --since: name the time at which the span begins'],
    ['--target aws --shard a', '--shard needs --since: name the time at which the span begins'],
    [
      '--target aws --since 2026-01-31T12:00:00Z --until 2026-01-31T12:00:00Z',
      'Invalid --until: expected a time after',
    ],
    ['--target aws --since 2026-01-31T12:00:00Z key', "--since reads the stream: leave out 'key'"],
    ['--target aws --since 2026-01-31T12:00:00Z --list', '--list shows the bucket, --since reads the stream'],
    ['--target aws --all', "Unknown option '--all'"],
  ])("refuse '%s' in one line", (args, message) => {
    expect(() => parse(args)).toThrow(UsageError);
    expect(() => parse(args)).toThrow(message);
    expect(() => parse(args)).toThrow(/; see --help$/);
  });
});
