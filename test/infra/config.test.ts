import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../functions/core/settings.ts';
import { readConfig } from '../../infra/config.ts';
import { templateOf } from '../support/templates.ts';

const read = (context: Record<string, unknown> = {}) => readConfig((key) => context[key]);

describe('readConfig', () => {
  it('stands by default for windows of 5 minutes and a bound of 15 seconds, on one shard, without runs', () => {
    expect(read()).toEqual({
      name: 'Tidemark',
      window: 300,
      bound: 15,
      margin: 2,
      maxFutureSkew: 300,
      idleTimeout: 60,
      latePolicy: 'count',
      shards: 1,
      retention: 24,
      batchSize: 1000,
      batchingWindow: 0,
      memory: 1024,
      benchmark: false,
    });
  });

  it('takes numbers as text, as the command line gives them, and as cdk.json has them', () => {
    expect(read({ window: '420', shards: 3, benchmark: 'true' })).toMatchObject({
      window: 420,
      shards: 3,
      benchmark: true,
    });
    expect(read({ benchmark: true })).toMatchObject({ benchmark: true });
  });

  it.each([
    ['window', '0', '1–86400 seconds'],
    ['window', '86401', '1–86400 seconds'],
    ['window', '1.5', '1–86400 seconds'],
    ['window', '5m', '1–86400 seconds'],
    ['window', '', '1–86400 seconds'],
    ['bound', '-1', '0–86400 seconds'],
    ['margin', '3601', '0–3600 seconds'],
    ['maxFutureSkew', 'Infinity', '0–86400 seconds'],
    ['idleTimeout', '0', '1–86400 seconds'],
    ['shards', '201', '1–200 shards'],
    ['retention', '23', '24–8760 hours'],
    ['batchSize', '10001', '1–10000 records'],
    ['batchingWindow', '301', '0–300 seconds'],
    ['memory', '128', '256–10240 MB'],
    ['latePolicy', 'keep', 'count or drop'],
    ['benchmark', 'yes', 'true or false'],
    ['name', '1st', 'a letter, then up to 40 letters, digits, dashes'],
    ['name', 'a'.repeat(42), 'a letter, then up to 40 letters, digits, dashes'],
  ])("refuses %s '%s' and says what is allowed", (key, value, expected) => {
    expect(() => read({ [key]: value })).toThrow(
      new RangeError(`Invalid context ${key} '${value}': expected ${expected}; pass -c ${key}=…`),
    );
  });

  it('stops the synthesis where the context is out of range', () => {
    expect(() => templateOf({ window: '0' })).toThrow("Invalid context window '0'");
  });

  it.each([
    ['the least', { window: '1', bound: '0', margin: '0', maxFutureSkew: '0', idleTimeout: '1' }],
    ['the most', { window: '86400', bound: '86400', margin: '3600', maxFutureSkew: '86400', idleTimeout: '86400' }],
  ])('allows no settings that the functions would refuse: %s', (_, context) => {
    const [variables] = Object.values(templateOf(context).findResources('AWS::Lambda::Function'))
      .map((resource) => resource.Properties.Environment?.Variables)
      .filter((environment) => environment?.SETTINGS !== undefined);
    expect(() => parseSettings(JSON.parse(variables.SETTINGS))).not.toThrow();
  });
});
