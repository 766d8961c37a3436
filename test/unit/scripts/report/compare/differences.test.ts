import { describe, expect, it } from 'vitest';
import type { Difference } from '#report/compare/comparison.ts';
import { findDifferences } from '#report/compare/differences.ts';
import type { Report } from '#report/definition/report.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

const { target, machine, settings, stream, scenario, prices, model, load } = EXACT_REPORT;
const ON_MACHINES = ['machine', 'load generator'];

describe('findDifferences', () => {
  it('finds none in a report beside itself', () => {
    expect(findDifferences(EXACT_REPORT, EXACT_REPORT)).toEqual([]);
  });

  it.each<[Partial<Omit<Report, 'digest'>>, string, string, string, string[]]>([
    [{ tidemarkVersion: '0.2.0' }, 'Tidemark', '0.1.0', '0.2.0', []],
    [{ target: { ...target, version: '0.0.9' } }, 'stack version', '0.1.0', '0.0.9', []],
    [{ target: { ...target, name: 'localstack' } }, 'target', 'embedded', 'localstack', ['target']],
    [{ target: { ...target, region: 'eu-west-1' } }, 'region', 'none', 'eu-west-1', ['target']],
    [{ target: { ...target, database: 'aurora' } }, 'database', target.database, 'aurora', ['target']],
    [{ machine: { ...machine, cpus: 8 } }, 'cpus', '2', '8', ON_MACHINES],
    [{ machine: { ...machine, memoryMb: 16_000 } }, 'memory', '8,000 MB', '16,000 MB', ON_MACHINES],
    [{ machine: { ...machine, platform: 'darwin arm64' } }, 'platform', 'linux x64', 'darwin arm64', ON_MACHINES],
    [{ machine: { ...machine, node: 'v24.1.0' } }, 'node', 'v20.19.0', 'v24.1.0', []],
    [{ settings: { ...settings, windowMs: 10_000 } }, 'window', '5s', '10s', ['window']],
    [{ settings: { ...settings, boundMs: 500 } }, 'bound', '2s', '500ms', []],
    [{ settings: { ...settings, latePolicy: 'drop' } }, 'late events', 'count', 'drop', []],
    [{ stream: { ...stream, shards: 4 } }, 'shards', '2', '4', []],
    [
      { stream: { ...stream, mapping: { batchSize: 1_000, batchingWindowSeconds: 5 } } },
      'batching window',
      '0s',
      '5s',
      [],
    ],
    [{ load: { ...load, options: { ...load.options, seed: 7 } } }, 'seed', '1', '7', []],
    [{ repeats: [] }, 'live runs', '3', '1', []],
    [{ complete: false }, 'measured', 'all', 'a part: it was interrupted', []],
    [{ scenario: { ...scenario, reader: 'final' } }, "scenario's reader", 'partial', 'final', ['scenario']],
    [
      { scenario: { ...scenario, workload: { ...scenario.workload, eventsPerSecond: 2_000 } } },
      "scenario's eventsPerSecond",
      '500',
      '2,000',
      ['scenario'],
    ],
    [
      { scenario: { ...scenario, deployment: { ...scenario.deployment, regime: 'shared' } } },
      "scenario's regime",
      'auto-pause',
      'shared',
      ['scenario'],
    ],
    [
      {
        prices: {
          ...prices,
          table: { ...prices.table, 'lambda-request': { ...prices.table['lambda-request'], usd: 1 } },
        },
      },
      'price of lambda-request',
      '0.2 USD for 1,000,000',
      '1 USD for 1,000,000',
      ['prices'],
    ],
    [
      { model: { ...model, fits: { ...model.fits, microBatch: { ...model.fits.microBatch, cpu: null } } } },
      "model's CPU of the micro-batch path",
      'fitted',
      'not fitted',
      ['fit'],
    ],
  ])('finds %j', (changes, what, base, other, breaks) => {
    expect(findDifferences(EXACT_REPORT, changedReport(changes))).toEqual<Difference[]>([
      { what, base, other, breaks: breaks as Difference['breaks'] },
    ]);
  });

  it('knows that on AWS another machine only sends otherwise', () => {
    const away = { target: { ...target, name: 'aws' as const } };
    const [one, two] = [changedReport(away), changedReport({ ...away, machine: { ...machine, cpus: 8 } })];
    expect(findDifferences(one, two)).toEqual([{ what: 'cpus', base: '2', other: '8', breaks: ['load generator'] }]);
  });

  it('takes machines for the same that have a little more memory', () => {
    expect(findDifferences(EXACT_REPORT, changedReport({ machine: { ...machine, memoryMb: 8_300 } }))).toEqual([]);
  });

  it('takes scenarios for the same whose measured sizes differ by the seed, or whose settings are set for each choice', () => {
    const { workload, deployment } = scenario;
    const other = changedReport({
      scenario: {
        ...scenario,
        workload: { ...workload, eventBytes: workload.eventBytes * 1.005 },
        deployment: { ...deployment, windowSeconds: 60, batchingWindowSeconds: 9, shards: 3, batchSize: 7 },
      },
    });
    expect(findDifferences(EXACT_REPORT, other)).toEqual([]);
  });

  it('cuts what is too long for a table', () => {
    const byHost = Array.from({ length: 50 }, (_, i) => ({ probability: i / 1_225, keys: 1 }));
    const keys = { kind: 'measured', hosts: 50, byHost, bySource: byHost, events: 1_000 } as const;
    const other = changedReport({ scenario: { ...scenario, workload: { ...scenario.workload, keys } } });
    for (const { base, other: after } of findDifferences(EXACT_REPORT, other)) {
      expect(Math.max(base.length, after.length)).toBeLessThanOrEqual(41);
    }
  });
});
