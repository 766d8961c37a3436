import { describe, expect, it } from 'vitest';
import { defaultDeployment } from '#model/deployment.ts';
import { deployAlone } from '#model/verdict/deploy-alone.ts';
import { createScenario } from '#model/verdict/scenario.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';

const scenario = createScenario();

describe('deployAlone', () => {
  it('takes what the stack comes with for the path alone', () => {
    const stream = deployAlone(scenario, 'micro-batch', 300, 0);
    expect(stream).toEqual({ ...defaultDeployment('micro-batch'), windowSeconds: 300 });
    expect(deployAlone(scenario, 'scheduled-batch', 300, null)).toEqual(defaultDeployment('scheduled-batch'));
  });

  it('leaves fewer alarms, metrics and zones fewer', () => {
    const few = createScenario({
      deployment: { ...defaultDeployment('both'), alarmMetrics: 3, customMetrics: 0, endpointZones: 1 },
    });
    expect(deployAlone(few, 'scheduled-batch', 300, null)).toMatchObject({
      alarmMetrics: 3,
      customMetrics: 0,
      endpointZones: 1,
    });
  });

  it('leaves the standing parts of a deployment of that path as they are', () => {
    const own = createScenario({ deployment: { ...defaultDeployment('micro-batch'), endpointZones: 3 } });
    expect(deployAlone(own, 'micro-batch', 300, 0).endpointZones).toBe(3);
  });

  it('lets batches fill where they have a batching window', () => {
    expect(deployAlone(scenario, 'micro-batch', 300, 60)).toMatchObject({
      batchingWindowSeconds: 60,
      batchSize: 10_000,
    });
  });

  it('has as many shards as keep each at half of what it takes, and at least as many as asked for', () => {
    // 193 + 1 bytes × 20,000/s less a byte a record: 3.9 MB/s less 0.1: 8 shards at half a MB/s each
    const busy = createScenario({ workload: { ...GENERATED_LOAD, eventsPerSecond: 20_000 } });
    expect(deployAlone(busy, 'micro-batch', 300, 0).shards).toBe(8);
    expect(deployAlone({ ...busy, leastShards: 12 }, 'micro-batch', 300, 0).shards).toBe(12);
  });
});
