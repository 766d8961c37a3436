import { describe, expect, it } from 'vitest';
import { readDeployment } from '../../../functions/deployment.ts';
import { SETTINGS } from '../../support/settings.ts';

const ENVIRONMENT = {
  DATABASE_URL: 'postgres://localhost/x',
  STREAM_NAME: 'events',
  RUN_STREAM_PREFIX: 'run-',
  SETTINGS: JSON.stringify(SETTINGS),
  TICK_MS: '60000',
};

describe('readDeployment', () => {
  it('reads what the stack has set', () => {
    expect(readDeployment(ENVIRONMENT)).toEqual({
      databaseUrl: 'postgres://localhost/x',
      stream: 'events',
      runPrefix: 'run-',
      deployedRun: null,
      settings: SETTINGS,
      tickMs: 60_000,
    });
  });

  it.each(Object.keys(ENVIRONMENT))('names %s where it is missing or empty', (name) => {
    for (const value of [undefined, '']) {
      expect(() => readDeployment({ ...ENVIRONMENT, [name]: value })).toThrow(
        `Missing environment variable ${name}: the stack sets it`,
      );
    }
  });

  it.each(['x', '0', '1.5'])(
    'refuses a distance of %s between ticks, which would make no window ever due',
    (tickMs) => {
      expect(() => readDeployment({ ...ENVIRONMENT, TICK_MS: tickMs })).toThrow(`Invalid TICK_MS '${tickMs}'`);
    },
  );

  it('refuses settings out of range', () => {
    expect(() => readDeployment({ ...ENVIRONMENT, SETTINGS: '{"windowMs":1}' })).toThrow(
      "Invalid setting windowMs '1'",
    );
  });
});
