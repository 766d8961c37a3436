import { describe, expect, it } from 'vitest';
import { databaseUrls } from '#ops/localstack/database-urls.ts';

const URL_HERE = 'postgres://me:secret@127.0.0.1:5433/counts';
const URL_THERE = 'postgresql://me:secret@db:5432/counts';

describe('the database of a stack on an emulator', () => {
  it.each([
    ['seen alike by both', { DATABASE_URL: URL_HERE }, { functions: URL_HERE, here: URL_HERE, given: true }],
    [
      'seen in two ways',
      { DATABASE_URL: URL_HERE, FUNCTIONS_DATABASE_URL: URL_THERE },
      { functions: URL_THERE, here: URL_HERE, given: true },
    ],
    [
      'seen by the functions alone',
      { FUNCTIONS_DATABASE_URL: URL_THERE },
      { functions: URL_THERE, here: null, given: true },
    ],
    [
      "the compose file's where none is given",
      { DATABASE_URL: '', POSTGRES_PORT: '15432' },
      {
        functions: 'postgres://tidemark:tidemark@postgres:5432/tidemark',
        here: 'postgres://tidemark:tidemark@127.0.0.1:15432/tidemark',
        given: false,
      },
    ],
  ])('is %s', (_, env, expected) => {
    expect(databaseUrls(env)).toEqual(expected);
  });

  it.each([
    [{ DATABASE_URL: 'mysql://me:secret@host/db' }, 'DATABASE_URL'],
    [{ DATABASE_URL: URL_HERE, FUNCTIONS_DATABASE_URL: 'db:5432' }, 'FUNCTIONS_DATABASE_URL'],
  ])('is refused where it is none of PostgreSQL, without its password: %j', (env, name) => {
    expect(() => databaseUrls(env)).toThrow(`Invalid ${name}: expected postgres://user:password@host:port/database`);
  });
});
