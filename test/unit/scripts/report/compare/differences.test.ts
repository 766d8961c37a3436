import { describe, expect, it } from 'vitest';
import {
  type Difference,
  differingDrains,
  findDifferences,
  findObstacle,
  findWorkloadDifferences,
} from '#report/compare/differences.ts';
import type { Need } from '#report/compare/metric.ts';
import type { DrainReport, LoadReport, Report } from '#report/definition/report.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';
import { DRAINS } from '#test/support/report-phases.ts';

function generated(options: Record<string, unknown>): Report {
  return changedReport({ load: { ...EXACT_REPORT.load, options: { ...EXACT_REPORT.load.options, ...options } } });
}

function replayed(options: Record<string, unknown>, load: Partial<LoadReport> = {}, linesRead = 10_000): Report {
  const input = { format: 'combined', linesRead, blankLines: 0, unparsed: { count: 0, examples: [] } };
  const all = { seed: 1, input: 'a/access.log', format: 'auto', hostField: { kind: 'ip' }, speed: 'max', ...options };
  return changedReport({ experiment: 'replay', load: { ...EXACT_REPORT.load, ...load, input, options: all } });
}

describe('findWorkloadDifferences', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ rate: 1_000 }, 'rate 500 and 1,000'],
    [{ duration: 120_000 }, 'duration 1m and 2m'],
    [{ hostSkew: 0.5 }, 'host-skew 1 and 0.5'],
    [{ partitionBy: 'host' }, 'partition-by random and host'],
    [{ outOfOrderBy: 5_000 }, 'out-of-order-by by default and 5s'],
    [{ eventStart: 0 }, 'event-start now and past'],
  ])('names %j', (options, difference) => {
    expect(findWorkloadDifferences(EXACT_REPORT, generated(options))).toEqual([difference]);
  });

  it('names all that differs', () => {
    expect(findWorkloadDifferences(EXACT_REPORT, generated({ hosts: 5_000, malformed: 0.01 }))).toEqual([
      'hosts 200 and 5,000',
      'malformed 0 and 0.01',
    ]);
  });

  it('finds none in another seed, another day of the past, or an option of another version', () => {
    expect(findWorkloadDifferences(EXACT_REPORT, generated({ seed: 2 }))).toEqual([]);
    expect(findWorkloadDifferences(generated({ eventStart: 0 }), generated({ eventStart: 86_400_000 }))).toEqual([]);
    expect(findWorkloadDifferences(EXACT_REPORT, generated({ burst: 3 }))).toEqual([]);
    expect(findWorkloadDifferences(generated({ burst: 3 }), EXACT_REPORT)).toEqual([]);
  });

  it('names faults that only one had', () => {
    const kill = { atMs: 0, functionName: 'micro', busy: true };
    expect(findWorkloadDifferences(EXACT_REPORT, changedReport({ faults: [kill, kill] }))).toEqual([
      'killed environments 0 and 2',
    ]);
  });

  it('knows a log by what is in it, not by where it lies', () => {
    expect(findWorkloadDifferences(replayed({}), replayed({ input: '/else/access.log.gz' }))).toEqual([]);
    expect(findWorkloadDifferences(replayed({}), replayed({}, { bytes: 5 }, 9_000))).toEqual([
      'lines of the log 10,000 and 9,000',
      'bytes of the log 6,465,500 and 5',
    ]);
  });

  it('names how a log was read', () => {
    const path = { hostField: { kind: 'path' } };
    expect(findWorkloadDifferences(replayed({}), replayed(path))).toEqual(['host-field.kind ip and path']);
    expect(findWorkloadDifferences(replayed({}), replayed({ speed: 60 }))).toEqual(['speed max and 60']);
  });

  it('tells a log from a generated load', () => {
    expect(findWorkloadDifferences(EXACT_REPORT, replayed({}))).toEqual(['experiment live and replay']);
  });
});

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

function differing(what: string, breaks: Need[]): Difference {
  return { what, base: '2', other: '8', breaks };
}

const DIFFERENCES = [
  differing('node', []),
  differing('cpus', ['machine', 'load generator']),
  differing('memory', ['machine', 'load generator']),
  ...['a', 'b', 'c', 'd', 'e'].map((price) => differing(`price of ${price}`, ['prices'])),
];

describe('findObstacle', () => {
  it.each<[Need[], string | null]>([
    [[], null],
    [['target', 'window'], null],
    [['target', 'machine'], 'measured on other machines (cpus 2 and 8; memory 2 and 8)'],
    [['load generator'], 'sent from other machines (cpus 2 and 8; memory 2 and 8)'],
    [['prices'], 'at other prices (price of a 2 and 8; price of b 2 and 8; price of c 2 and 8; and 2 more)'],
    [['machine', 'prices'], 'measured on other machines (cpus 2 and 8; memory 2 and 8)'],
  ])('says of a metric that needs %j: %s', (needs, reason) => {
    expect(findObstacle(needs, DIFFERENCES)?.reason ?? null).toBe(reason);
  });

  it.each<[Need, string]>([
    ['target', 'measured at other targets'],
    ['window', 'of other windows'],
    ['scenario', 'modelled for other scenarios'],
    ['fit', 'modelled otherwise'],
  ])('has a reason of its own for %s, with what shows it and without', (need, brief) => {
    const reason = `${brief} (x 2 and 8)`;
    expect(findObstacle([need], [differing('x', [need])])).toEqual({ brief, reason });
  });
});

const MINUTE = 60_000;
const [ofOneMinute] = DRAINS as [DrainReport, DrainReport];

describe('differingDrains', () => {
  const withEvents = (events: number) =>
    changedReport({ drains: [{ ...ofOneMinute, load: { ...ofOneMinute.load, events } }] });

  it.each([
    [100_000, 100_000, null],
    [100_000, 95_000, null],
    [100_000, 94_000, 'drained 100,000 and 94,000 events'],
  ])('of %d and %d events: %s', (one, two, said) => {
    expect(differingDrains(withEvents(one), withEvents(two), MINUTE)).toBe(said);
  });
});
