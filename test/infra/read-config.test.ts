import { describe, expect, it } from 'vitest';
import { parseSettings } from '#functions/core/settings.ts';
import { ContextError } from '#infra/config/context-values.ts';
import { readConfig } from '#infra/config/read-config.ts';
import { resourcesOf, SECRET, templateOf } from '../support/templates.ts';

const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:on-call';
const FULL_ARN = "a secret's full ARN, arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>";

const read = (context: Record<string, unknown> = {}) => readConfig((key) => context[key], undefined);

describe('readConfig', () => {
  it('defaults to both paths on one shard with Aurora, protected, without benchmark runs', () => {
    expect(read()).toEqual({
      name: 'Tidemark',
      window: 300,
      bound: 15,
      margin: 2,
      maxFutureSkew: 300,
      idleTimeout: 60,
      latePolicy: 'count',
      shards: 1,
      shardLoad: 50,
      retention: 24,
      batchSize: 1000,
      batchingWindow: 0,
      memory: 1024,
      paths: 'both',
      database: 'aurora',
      databaseSecret: null,
      maxAcu: 8,
      autoPause: 300,
      protect: true,
      alarmTopic: null,
      benchmark: false,
    });
  });

  it('takes values as text, as the command line gives them, and as cdk.json has them', () => {
    expect(read({ window: '420', shards: 3, benchmark: 'true', protect: false })).toMatchObject({
      window: 420,
      shards: 3,
      benchmark: true,
      protect: false,
    });
    expect(read({ database: 'external', databaseSecret: SECRET, alarmTopic: TOPIC })).toMatchObject({
      database: 'external',
      databaseSecret: SECRET,
      alarmTopic: TOPIC,
    });
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
    ['shardLoad', '0', '1–100 percent'],
    ['shardLoad', '101', '1–100 percent'],
    ['retention', '23', '24–8760 hours'],
    ['batchSize', '10001', '1–10000 records'],
    ['batchingWindow', '301', '0–300 seconds'],
    ['memory', '128', '256–10240 MB'],
    ['maxAcu', '0', '1–256 ACU'],
    ['maxAcu', '257', '1–256 ACU'],
    ['autoPause', '299', '300–86400 seconds'],
    ['autoPause', '86401', '300–86400 seconds'],
    ['latePolicy', 'keep', 'count or drop'],
    ['paths', 'micro_batch', 'both, micro-batch or scheduled-batch'],
    ['database', 'postgres', 'aurora or external'],
    ['protect', 'no', 'true or false'],
    ['benchmark', 'yes', 'true or false'],
    ...['1st', 'a'.repeat(42), 'Tidemark-run', 'Tidemark-run-x'].map((name): [string, string, string] => [
      'name',
      name,
      'a letter, then up to 40 letters, digits, dashes, no -run- in it',
    ]),
    ['alarmTopic', 'on-call', "a standard topic's ARN, arn:aws:sns:<region>:<account>:<name>"],
    ['alarmTopic', `${TOPIC}.fifo`, "a standard topic's ARN, arn:aws:sns:<region>:<account>:<name>"],
    ['databaseSecret', 'postgres://user:password@host/db', FULL_ARN],
    ['databaseSecret', 'arn:aws:ssm:eu-central-1:123456789012:parameter/database-AbCdEf', FULL_ARN],
    ['databaseSecret', SECRET.replace(/-AbCdEf$/, ''), FULL_ARN],
    ['databaseSecret', SECRET.replace(/-AbCdEf$/, '-*'), FULL_ARN],
  ])("refuses %s '%s' and says what is allowed", (key, value, expected) => {
    expect(() => read({ [key]: value })).toThrow(
      new ContextError(`Invalid context ${key} '${value}': expected ${expected}; pass -c ${key}=…`),
    );
  });

  it('stops the synthesis where the context is out of range', () => {
    expect(() => templateOf({ window: '0' })).toThrow("Invalid context window '0'");
  });

  it.each([
    ['the least', { window: '1', bound: '0', margin: '0', maxFutureSkew: '0', idleTimeout: '1' }],
    [
      'the most',
      {
        window: '86400',
        bound: '86400',
        margin: '3600',
        maxFutureSkew: '86400',
        idleTimeout: '86400',
        retention: '73',
      },
    ],
  ])('allows no settings that the functions would refuse: %s', (_, context) => {
    const functions = Object.values(resourcesOf(templateOf(context), 'AWS::Lambda::Function'));
    const settings = functions.flatMap(({ Properties }) => Properties.Environment?.Variables?.SETTINGS ?? []);
    expect(settings).toHaveLength(4);
    for (const text of settings) expect(() => parseSettings(JSON.parse(text))).not.toThrow();
  });
});
