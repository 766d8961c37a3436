import { describe, expect, it } from 'vitest';
import { type Compared, type Comparison, compareReports, isReal } from '#report/compare/compare-reports.ts';
import { METRIC_NAMES } from '#report/compare/metric.ts';
import type { RepeatReport, Report } from '#report/definition/report.ts';
import { changedReport, EXACT_REPORT, reportWith } from '#test/support/report.ts';
import { DRAINS } from '#test/support/report-phases.ts';
import { createSimulation, type Scatter, SHARED_MACHINE } from './simulated-report.ts';

const { load, machine, target, paths, prices } = EXACT_REPORT;

function compare(one: Report, two: Report): Comparison {
  return compareReports({ file: 'base.json', report: one }, { file: 'other.json', report: two });
}

const real = (comparison: Comparison): string[] =>
  comparison.compared.filter(isReal).map(({ id, outcome }) => `${id} ${outcome}`);

describe('compareReports', () => {
  it('has every metric of both paths, of every drain, and the threshold, in the order of the table', () => {
    const ofPath = [
      ...['freshness.mean', 'freshness.p50', 'freshness.p95', 'freshness.p99', 'end-to-end.p95', 'finality.p50'],
      ...['finality.p95', 'rows', 'invocations', 'cpu', 'billed', 'cost'],
    ];
    expect(compare(EXACT_REPORT, EXACT_REPORT).compared.map(({ id }) => id)).toEqual([
      ...ofPath.map((name) => `micro-batch.${name}`),
      ...ofPath.map((name) => `scheduled-batch.${name}`),
      ...['1m', '5m'].flatMap((window) => ['batch-cold', 'batch-warm', 'catch-up'].map((name) => `${name}.${window}`)),
      'threshold',
    ]);
  });

  it('finds a report the same as itself in everything', () => {
    const { isSame, compared, notCompared, differences } = compare(EXACT_REPORT, EXACT_REPORT);
    expect({ isSame, notCompared, differences }).toEqual({ isSame: true, notCompared: [], differences: [] });
    expect(new Set(compared.map(({ outcome }) => outcome))).toEqual(new Set(['same']));
  });

  it('calls a difference better or worse by the polarity of the metric, and by the path that it is of', () => {
    const [first, second] = DRAINS;
    if (first === undefined || second === undefined) throw new Error('The fixture has no two drains');
    const other = changedReport({
      repeats: [],
      paths: {
        ...paths,
        scheduledBatch: { ...paths.scheduledBatch, rowsWritten: 2 * paths.scheduledBatch.rowsWritten },
      },
      drains: [
        { ...first, catchUp: { ...first.catchUp, eventsPerSecond: 1_000 } },
        { ...second, catchUp: { ...second.catchUp, eventsPerSecond: 200_000 } },
      ],
    });
    expect(real(compare(changedReport({ repeats: [] }), other))).toEqual([
      'scheduled-batch.rows worse',
      'catch-up.1m worse',
      'catch-up.5m better',
    ]);
  });

  it('allows a 99th percentile, which one bad second makes, 25 %, and the 95th 10 %', () => {
    const { freshnessMs, slices } = paths.microBatch;
    const slowedBy = (factor: number): Report => {
      const slow = (times: typeof freshnessMs): typeof freshnessMs =>
        times && { ...times, p95: factor * times.p95, p99: factor * times.p99 };
      const moved = slices.map((slice) => ({ ...slice, freshnessMs: slow(slice.freshnessMs) }));
      const microBatch = { ...paths.microBatch, freshnessMs: slow(freshnessMs), slices: moved };
      return changedReport({ repeats: [], paths: { ...paths, microBatch } });
    };
    const base = slowedBy(1);
    expect(real(compare(base, slowedBy(1.09)))).toEqual([]);
    expect(real(compare(base, slowedBy(1.24)))).toEqual(['micro-batch.freshness.p95 worse']);
    expect(real(compare(base, slowedBy(1.26)))).toEqual([
      'micro-batch.freshness.p95 worse',
      'micro-batch.freshness.p99 worse',
    ]);
  });

  it('compares nothing of a report that is not exact', () => {
    const inexact = reportWith({ exact: false }, { exact: false, missing: 3 });
    for (const comparison of [compare(EXACT_REPORT, inexact), compare(inexact, EXACT_REPORT)]) {
      expect(comparison.compared).toEqual([]);
      expect(comparison.notCompared).toEqual([]);
    }
    expect(compare(EXACT_REPORT, inexact).exactness).toMatchObject({ base: { exact: true }, other: { exact: false } });
  });

  it('refuses another workload in one line that names what differs', () => {
    const other = changedReport({ load: { ...load, options: { ...load.options, rate: 1_000, hosts: 5_000 } } });
    expect(() => compare(EXACT_REPORT, other)).toThrow(
      "Can't compare 'base.json' with 'other.json': their workloads differ (rate 500 and 1,000; hosts 200 and 5,000); run both " +
        'benchmarks with the same load options',
    );
  });

  it('leaves other workloads be where a report is not exact, since nothing of performance is compared', () => {
    const other = reportWith({ exact: false }, {}, { load: { ...load, options: { ...load.options, rate: 1_000 } } });
    expect(compare(EXACT_REPORT, other).compared).toEqual([]);
  });

  it('compares on other machines what doesn’t depend on them', () => {
    const { compared, notCompared } = compare(EXACT_REPORT, changedReport({ machine: { ...machine, cpus: 8 } }));
    expect(compared.map(({ id }) => id)).toEqual([
      'micro-batch.rows',
      'micro-batch.invocations',
      'scheduled-batch.rows',
      'scheduled-batch.invocations',
    ]);
    expect(new Set(notCompared.map(({ reason }) => reason))).toEqual(
      new Set(['measured on other machines (cpus 2 and 8)']),
    );
  });

  it('compares between machines on AWS all but what depends on who sends', () => {
    const away = { target: { ...target, name: 'aws' as const, region: 'us-east-1' } };
    const other = changedReport({ ...away, machine: { ...machine, cpus: 8 } });
    expect(compare(changedReport(away), other).notCompared.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([
      'micro-batch.end-to-end.p95: sent from other machines (cpus 2 and 8)',
      'scheduled-batch.end-to-end.p95: sent from other machines (cpus 2 and 8)',
    ]);
  });

  it('compares nothing between targets', () => {
    const { compared } = compare(EXACT_REPORT, changedReport({ target: { ...target, name: 'localstack' } }));
    expect(compared).toEqual([]);
  });

  it('compares no cost and no threshold at other prices', () => {
    const table = { ...prices.table, 'aurora-acu-hour': { ...prices.table['aurora-acu-hour'], usd: 0.2 } };
    const { notCompared } = compare(EXACT_REPORT, changedReport({ prices: { ...prices, table } }));
    expect(notCompared.map(({ id }) => id)).toEqual(['micro-batch.cost', 'scheduled-batch.cost', 'threshold']);
    expect(notCompared[0]?.reason).toBe('at other prices (price of aurora-acu-hour 0.12 USD and 0.2 USD)');
  });

  it('says which of the two lacks a drain', () => {
    const { notCompared } = compare(
      changedReport({ drains: DRAINS.slice(0, 1) }),
      changedReport({ drains: DRAINS.slice(1) }),
    );
    expect(notCompared.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([
      ...['batch-cold.1m', 'batch-warm.1m', 'catch-up.1m'].map((id) => `${id}: other.json has no drain of 1m`),
      ...['batch-cold.5m', 'batch-warm.5m', 'catch-up.5m'].map((id) => `${id}: base.json has no drain of 5m`),
    ]);
  });

  it('has no number in it that is none', () => {
    const nothing = { freshnessMs: null, endToEndMs: null, finalityMs: null, events: 0, rowsWritten: 0, rowsFinal: 0 };
    const empty = changedReport({
      repeats: [],
      drains: [],
      paths: {
        microBatch: { ...paths.microBatch, ...nothing },
        scheduledBatch: { ...paths.scheduledBatch, ...nothing },
      },
    });
    for (const [one, two] of [
      [EXACT_REPORT, empty],
      [empty, EXACT_REPORT],
      [empty, empty],
    ] as const) {
      for (const each of compare(one, two).compared) {
        for (const value of [each.base, each.other, each.difference, each.share, each.noise]) {
          expect(value === null || Number.isFinite(value)).toBe(true);
        }
      }
    }
  });
});

describe('simulated runs of the same', () => {
  it.each([
    ['one live run each', 1],
    ['two live runs each', 2],
    ['three live runs each', 3],
    ['five live runs each', 5],
  ])('differ in none of their metrics in at least 99 of 100 comparisons: %s', (_, liveRuns) => {
    const simulate = createSimulation(liveRuns, liveRuns);
    const comparisons = Array.from({ length: 400 }, () => compare(simulate(), simulate()));
    expect(comparisons.filter((comparison) => real(comparison).length > 0).length).toBeLessThanOrEqual(4);
    // Each of them scatters, so each could have been found to differ, but for the threshold, which is in whole minutes.
    const scattered = comparisons.flatMap(({ compared }) => compared).filter(({ outcome }) => outcome !== 'same');
    const measured = METRIC_NAMES.filter((name) => name !== 'threshold');
    expect(measured.filter((name) => !scattered.some((each) => each.name === name))).toEqual([]);
  });

  it.each<[metric: string, moved: Partial<Scatter>]>([
    ['freshness.mean', { time: { run: 0.15, slice: 0.06 } }],
    ['freshness.p99', { worst: 0.15 }],
    ['cpu', { cpu: { run: 0.6, slice: 0.5 } }],
    ['batch-cold', { drain: 0.12 }],
    ['batch-warm', { drain: 0.12 }],
    ['catch-up', { drain: 0.12 }],
    ['cost', { fit: 4 }],
    ['threshold', { fit: 4 }],
  ])('differ in %s as soon as that scatters by more than what is allowed for', (metric, moved) => {
    const simulate = createSimulation(1, 1, { ...SHARED_MACHINE, ...moved });
    const alarms = Array.from({ length: 100 }, () => compare(simulate(), simulate()).compared.filter(isReal));
    expect(alarms.filter((found) => found.some(({ name }) => name === metric)).length).toBeGreaterThan(1);
  });

  it.each([1, 2, 3, 5])(
    'show a path that became three times as slow and writes twice the rows, with %d live runs',
    (liveRuns) => {
      const simulate = createSimulation(7, liveRuns);
      const found = real(compare(simulate(), slowed(simulate())));
      expect(found).toEqual(expect.arrayContaining(['micro-batch.freshness.mean worse', 'micro-batch.rows worse']));
      expect(found.filter((each) => each.startsWith('scheduled-batch'))).toEqual([]);
    },
  );
});

/** The micro-batch path with three times the freshness and twice the rows. */
function slowed(report: Report): Report {
  const slow = <Path extends Report['repeats'][number]['paths']['microBatch']>(path: Path): Path => ({
    ...path,
    freshnessMs: path.freshnessMs && { ...path.freshnessMs, mean: 3 * path.freshnessMs.mean },
    rowsWritten: 2 * path.rowsWritten,
  });
  return changedReport(
    {
      paths: { ...report.paths, microBatch: slow(report.paths.microBatch) },
      repeats: report.repeats.map((each) => ({
        ...each,
        paths: { ...each.paths, microBatch: slow(each.paths.microBatch) },
      })),
    },
    report,
  );
}

const { repeats, calibration, drains, batchingWindows } = EXACT_REPORT;
const exactnessOf = (report: Report) => compare(EXACT_REPORT, report).exactness.other;
const inexact = <T extends object>(value: T): T & { exact: boolean } => ({ ...value, exact: false });

describe('exactness of a comparison', () => {
  it('has nothing to say of an exact report but its events', () => {
    expect(exactnessOf(EXACT_REPORT)).toEqual({ exact: true, events: 33_500, failed: [] });
  });

  it('says what each path of the live run lacks', () => {
    const report = reportWith({ exact: false, pathsAgree: false }, { exact: false, missing: 1_003, surplus: 2 });
    expect(exactnessOf(report)).toEqual({
      exact: false,
      events: 33_500,
      failed: ['live run (micro-batch 1,003 missing, 2 surplus; scheduled-batch 1,003 missing, 2 surplus)'],
    });
  });

  it('names every other part that is not exact', () => {
    const report = changedReport({
      exact: false,
      repeats: repeats.map((each, i): RepeatReport => (i === 1 ? inexact(each) : each)),
      calibration: calibration === null ? null : inexact(calibration),
      drains: drains.map(inexact),
      batchingWindows: batchingWindows.map(inexact),
    });
    expect(exactnessOf(report).failed).toEqual([
      'live run 2',
      'calibration',
      'drain of 1m',
      'drain of 5m',
      'batching window of 10s',
    ]);
  });
});

type Band = [earliest: number | null, threshold: number | null, latest: number | null];

function withBand([earliestSeconds, thresholdSeconds, latestSeconds]: Band): Report {
  return changedReport({ verdict: { ...EXACT_REPORT.verdict, earliestSeconds, thresholdSeconds, latestSeconds } });
}

function compareThresholds(one: Report, two: Report): Compared | undefined {
  return compare(one, two).compared.find(({ name }) => name === 'threshold');
}

describe('threshold of a comparison', () => {
  it.each<[string, Band, Band, string]>([
    ['the same, whatever the bands', [300, 480, 540], [480, 480, 480], 'same'],
    ['each in the other’s band', [420, 480, 540], [360, 420, 480], 'within noise'],
    ['in one band only', [60, 480, 3_600], [360, 420, 470], 'changed'],
    ['in neither band', [420, 480, 540], [900, 960, 1_020], 'changed'],
    ['none, where there was one', [420, 480, 540], [null, null, null], 'changed'],
    ['none, which both bands leave open', [420, 480, null], [300, null, null], 'within noise'],
    ['none in both', [null, null, null], [600, null, null], 'same'],
  ])('is judged by the bands: %s', (_, one, two, outcome) => {
    expect(compareThresholds(withBand(one), withBand(two))?.outcome).toBe(outcome);
    expect(compareThresholds(withBand(two), withBand(one))?.outcome).toBe(outcome);
  });

  it('has a difference where both have one', () => {
    const both = compareThresholds(withBand([420, 480, 540]), withBand([600, 720, 900]));
    expect(both).toMatchObject({ id: 'threshold', base: 480, other: 720, difference: 240, share: 0.5, noise: null });
    const one = compareThresholds(withBand([420, 480, 540]), withBand([null, null, null]));
    expect(one).toMatchObject({ base: 480, other: null, difference: null, share: null });
  });
});
