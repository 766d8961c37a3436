import { describe, expect, it } from 'vitest';
import { readConfig } from '#infra/config/read-config.ts';
import { defaultDeployment } from '#model/deployment.ts';
import { MICRO_BATCH_TIMEOUT_SECONDS } from '#model/limits/function-limits.ts';
import { STANDARD } from '#model/parameters.ts';
import { SHARD_LOAD } from '#model/workload/workload.ts';
import { templateOf } from '../support/templates.ts';

describe('the model of the stack', () => {
  const config = readConfig(() => undefined, undefined);

  it('deploys what the stack deploys by default', () => {
    expect(defaultDeployment('both')).toMatchObject({
      windowSeconds: config.window,
      boundSeconds: config.bound,
      marginSeconds: config.margin,
      shards: config.shards,
      retentionHours: config.retention,
      batchSize: config.batchSize,
      batchingWindowSeconds: config.batchingWindow,
      memoryMb: config.memory,
      autoPauseSeconds: config.autoPause,
    });
    expect([STANDARD.idleTimeoutSeconds, SHARD_LOAD]).toEqual([config.idleTimeout, config.shardLoad / 100]);
  });

  it('gives the functions the time that they have', () => {
    const timeoutOf = (entry: string): unknown =>
      Object.entries(templateOf().findResources('AWS::Lambda::Function')).find(([id]) => id.startsWith(entry))?.[1]
        .Properties.Timeout;
    expect(timeoutOf('MicroBatchFunction')).toBe(MICRO_BATCH_TIMEOUT_SECONDS);
    expect(timeoutOf('ScheduledBatchFunction')).toBe(STANDARD.functionSeconds);
  });
});
