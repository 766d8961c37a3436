import { describe, expect, it } from 'vitest';
import { ContextError } from '#infra/config/context-values.ts';
import { catchUp } from '#infra/config/possible.ts';
import { readConfig } from '#infra/config/read-config.ts';
import { SECRET } from '../support/templates.ts';

const read = (context: Record<string, string>, account?: string) => () => readConfig((key) => context[key], account);

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ContextError) return error.message;
    throw error;
  }
  throw new Error('Not refused');
}

describe('an impossible combination is refused in one line that names a way out', () => {
  it.each([
    ['a retention shorter than two windows', { window: '86400' }, ["retention '24'", "window '86400'", 'retention=49']],
    [
      'a retention of two windows, but not of the lag',
      { window: '43200', bound: '15', margin: '2' },
      ["retention '24'", "window '43200'", 'retention=25'],
    ],
    ['a batch that would never catch up', { shardLoad: '100' }, ["shardLoad '100'", "window '300'", '300 s', '305 s']],
    ['a batch that a minute is too short for', { shardLoad: '96', window: '60' }, ["shardLoad '96'", '60 s', '61 s']],
    ["a secret beside the stack's own Aurora", { databaseSecret: SECRET }, [SECRET, "'aurora'", 'database=external']],
    ['a benchmark of one path', { benchmark: 'true', paths: 'micro-batch' }, ["benchmark 'true'", "'micro-batch'"]],
    ['a benchmark of the other', { benchmark: 'true', paths: 'scheduled-batch' }, ["'scheduled-batch'", 'leave out']],
  ])('%s', (_, context, words) => {
    const message = messageOf(read(context));
    expect(message).toMatch(/^Impossible context [^\n]+$/);
    for (const word of words) expect(message).toContain(word);
  });

  it('a plain database URL in an account that is not the emulators', () => {
    expect(messageOf(read({ database: 'external' }, '123456789012'))).toBe(
      "Impossible context database 'external' without databaseSecret in account 123456789012: a plain URL is taken only " +
        'for emulators, in account 000000000000; pass -c databaseSecret=<ARN>',
    );
  });
});

describe('a combination that is just possible is allowed', () => {
  it.each([
    ['a retention of two windows and the lag', { window: '43191', bound: '15', margin: '3' }],
    ['more with a longer retention', { window: '86400', retention: '49' }],
    ['a long window where only micro-batch reads', { window: '86400', paths: 'micro-batch' }],
    ['a minute with half-full shards', { window: '60', shardLoad: '50' }],
    ['a minute with shards nearly full', { window: '60', shardLoad: '95' }],
    ['a second, which gets a run a minute', { window: '1', shardLoad: '50' }],
    ['full shards that the batch has to itself', { window: '60', shardLoad: '100', paths: 'scheduled-batch' }],
    ['full shards that no batch reads', { window: '60', shardLoad: '100', paths: 'micro-batch' }],
    ['a secret', { database: 'external', databaseSecret: SECRET }],
  ])('%s', (_, context) => {
    expect(read(context, '123456789012')).not.toThrow();
  });

  it.each([['000000000000'], [undefined]])('a plain database URL in account %s', (account) => {
    expect(read({ database: 'external' }, account)).not.toThrow();
  });
});

describe('catchUp', () => {
  it.each([
    // 30 MB at 2 - 0.5 MB/s, and 5 s
    ['half full, beside the mapping, a minute', 50, 60, 'both', 60, 25],
    // 150 MB at 1.5 MB/s
    ['half full, beside the mapping, five minutes', 50, 300, 'both', 300, 105],
    // 300 MB at 1 MB/s
    ['full, beside the mapping', 100, 300, 'both', 300, 305],
    // 60 MB at 2 MB/s
    ['full, alone', 100, 60, 'scheduled-batch', 60, 35],
    // one run a minute, whatever the window
    ['windows of a second', 50, 1, 'both', 60, 25],
    // 1,800 MB at 1.5 MB/s are 1,200 s: two runs, as one reads 850 s
    ['an hour, in two runs', 50, 3600, 'both', 3600, 1210],
  ] as const)('of shards %s', (_, shardLoad, window, paths, intervalSeconds, neededSeconds) => {
    expect(catchUp({ window, shardLoad, paths })).toEqual({ intervalSeconds, neededSeconds });
  });
});
