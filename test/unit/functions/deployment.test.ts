import { describe, expect, it } from 'vitest';
import { readDeployment } from '#functions/deployment.ts';
import { SETTINGS } from '#test/support/settings.ts';

const ENVIRONMENT = {
  STACK: 'Tidemark',
  STREAM_NAME: 'events',
  RUN_STREAM_PREFIX: 'run-',
  PATHS: 'both',
  SETTINGS: JSON.stringify(SETTINGS),
  TICK_MS: '60000',
};
const URL = { DATABASE_URL: 'postgres://localhost/x' };
const SECRET = { DATABASE_SECRET: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:database-a1b2c3' };
const IAM = {
  DATABASE_HOST: 'cluster.example',
  DATABASE_PORT: '5432',
  DATABASE_NAME: 'tidemark',
  DATABASE_USER: 'tidemark_results',
};
const ROLES = { microBatch: 'a_role', scheduledBatch: 'b_role', results: 'c_role' };

describe('readDeployment', () => {
  it('reads what the stack has set', () => {
    expect(readDeployment({ ...ENVIRONMENT, ...URL })).toEqual({
      stack: 'Tidemark',
      login: { kind: 'url', url: 'postgres://localhost/x' },
      roles: null,
      stream: 'events',
      runPrefix: 'run-',
      deployedRun: null,
      paths: ['microBatch', 'scheduledBatch'],
      settings: SETTINGS,
      tickMs: 60_000,
      benchmark: false,
      removable: false,
    });
  });

  it('reads what it sets for some functions or stacks only', () => {
    const given = {
      DATABASE_ROLES: JSON.stringify(ROLES),
      DEPLOYED_RUN: 'abcd',
      PATHS: 'scheduled-batch',
      BENCHMARK: 'true',
      REMOVABLE: 'true',
    };
    expect(readDeployment({ ...ENVIRONMENT, ...URL, ...given })).toMatchObject({
      roles: ROLES,
      deployedRun: 'abcd',
      paths: ['scheduledBatch'],
      benchmark: true,
      removable: true,
    });
  });

  it.each(Object.keys(ENVIRONMENT))('names %s where it is missing or empty', (name) => {
    for (const value of [undefined, '']) {
      expect(() => readDeployment({ ...ENVIRONMENT, ...URL, [name]: value })).toThrow(
        `Missing environment variable ${name}: the stack sets it`,
      );
    }
  });

  it.each([
    ['TICK_MS', 'x', 'whole milliseconds from 1'],
    ['TICK_MS', '0', 'whole milliseconds from 1'], // no window would ever be due
    ['TICK_MS', '1.5', 'whole milliseconds from 1'],
    ['PATHS', 'streaming', 'expected both, micro-batch or scheduled-batch'],
    ['PATHS', 'micro_batch', 'expected both, micro-batch or scheduled-batch'],
    ['PATHS', 'micro-batch,streaming', 'expected both, micro-batch or scheduled-batch'],
    ['BENCHMARK', 'yes', 'expected true or false'],
    ['REMOVABLE', '1', 'expected true or false'],
  ])('refuses %s %j', (name, value, expected) => {
    const read = () => readDeployment({ ...ENVIRONMENT, ...URL, [name]: value });
    expect(read).toThrow(`Invalid ${name} '${value}'`);
    expect(read).toThrow(expected);
  });

  it('refuses settings out of range', () => {
    expect(() => readDeployment({ ...ENVIRONMENT, ...URL, SETTINGS: '{"windowMs":1}' })).toThrow(
      "Invalid setting windowMs '1'",
    );
  });

  it.each(['a"; drop role x; --', 'Upper', '', 'a'.repeat(64), 7, undefined])('refuses the role %j', (name) => {
    const roles = JSON.stringify({ ...ROLES, scheduledBatch: name });
    expect(() => readDeployment({ ...ENVIRONMENT, ...URL, DATABASE_ROLES: roles })).toThrow(
      `Invalid role scheduledBatch '${name}'`,
    );
  });
});

describe('the login that readDeployment finds', () => {
  it.each([
    ['a URL', URL, { kind: 'url', url: 'postgres://localhost/x' }],
    ["a secret's ARN", SECRET, { kind: 'secret', secretArn: SECRET.DATABASE_SECRET }],
    [
      'host, port, name and user',
      IAM,
      { kind: 'iam', host: 'cluster.example', port: 5432, database: 'tidemark', user: 'tidemark_results' },
    ],
  ])('is by %s', (_, given, login) => {
    expect(readDeployment({ ...ENVIRONMENT, ...given }).login).toEqual(login);
  });

  it.each([
    [{}, 'found none'],
    [{ ...URL, DATABASE_SECRET: '', DATABASE_URL: '' }, 'found none'],
    [{ ...URL, ...SECRET }, 'found DATABASE_URL and DATABASE_SECRET'],
    [{ ...SECRET, ...IAM }, 'found DATABASE_SECRET and DATABASE_HOST'],
  ])('must be one of the three: %j', (given, found) => {
    expect(() => readDeployment({ ...ENVIRONMENT, ...given })).toThrow(
      `Expected exactly one of the environment variables DATABASE_URL, DATABASE_SECRET, DATABASE_HOST, ${found}`,
    );
  });

  it.each(['DATABASE_PORT', 'DATABASE_NAME', 'DATABASE_USER'])('needs %s beside the host', (name) => {
    expect(() => readDeployment({ ...ENVIRONMENT, ...IAM, [name]: undefined })).toThrow(
      `Missing environment variable ${name}`,
    );
  });

  it.each(['0', '65536', 'postgres'])('takes no port %s', (port) => {
    expect(() => readDeployment({ ...ENVIRONMENT, ...IAM, DATABASE_PORT: port })).toThrow(
      `Invalid DATABASE_PORT '${port}'`,
    );
  });
});
