import { describe, expect, it } from 'vitest';
import { parseCostOptions, readDeployment, readWorkload } from '#cli/commands/monthly-cost.ts';
import type { Deployment } from '#model/deployment.ts';
import { GENERATED_LOAD, type Workload } from '#model/workload/workload.ts';
import { BOTH } from '#test/unit/scripts/model/timing/one-key.ts';

function read(...args: string[]): { workload: Workload; deployment: Deployment } {
  const options = parseCostOptions(args);
  if (options === null) throw new Error('No options');
  const workload = readWorkload(options);
  return { workload, deployment: readDeployment(options, workload) };
}

describe('parseCostOptions', () => {
  it('prices the generated load on the stack as it is deployed where nothing is said', () => {
    expect(read()).toEqual({ workload: GENERATED_LOAD, deployment: BOTH });
  });

  it('takes durations in any unit, and as many shards as the load needs', () => {
    const { workload, deployment } = read(
      '--rate',
      '2000',
      '--events-per-record',
      '1',
      '--window',
      '1h',
      '--linger',
      '1s',
    );
    expect(workload).toMatchObject({ eventsPerSecond: 2_000, eventsPerRecord: 1, lingerSeconds: 1 });
    expect(deployment).toMatchObject({ windowSeconds: 3_600, shards: 4 }); // 2,000 records / (1,000 × 0.5)
  });

  it('leaves out what a single path does without', () => {
    expect(read('--paths', 'micro-batch').deployment).toMatchObject({
      paths: 'micro-batch',
      endpointZones: 1,
      customMetrics: 5,
    });
    expect(read('--paths', 'micro-batch', '--endpoint-zones', '2').deployment.endpointZones).toBe(2);
  });

  it('takes the database as it is told', () => {
    const given = [
      '--database',
      'always-on',
      '--acu',
      '2',
      '--read-hours',
      '8',
      '--months-kept',
      '12',
      '--auto-pause',
      '10m',
    ];
    expect(read(...given).deployment).toMatchObject({
      regime: 'always-on',
      acuAwake: 2,
      readHoursPerDay: 8,
      monthsKept: 12,
      autoPauseSeconds: 600,
    });
  });

  it.each([
    [['--window', '59s'], "Invalid --window '59s': expected a number with ms, s, m, h or d, from 1m to 1d"],
    [['--rate', '-1'], 'expected a number from 0 to 1000000'],
    [['--paths', 'neither'], "Invalid --paths 'neither': expected one of both, micro-batch, scheduled-batch"],
    [['--read-hours', '25'], 'expected a number from 0 to 24'],
  ])('refuses %j with the range', (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });
});
