import { describe, expect, it } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { PRICES } from '#model/prices/price-table.ts';
import { buildReport, isExact } from '#report/assemble/build-report.ts';
import { digestReport } from '#report/definition/digest-report.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import {
  batchingWindowOf,
  calibrationOf,
  drainOf,
  measuredOf,
  observationsOf,
  pathOf,
} from '#test/support/report-measured.ts';
import { PLACE } from '#test/support/scripted-target.ts';

const optionsOf = (...args: string[]) => parseOptions(args) as BenchmarkOptions;
const build = (measured = measuredOf(), ...args: string[]) => buildReport(measured, optionsOf(...args), PLACE, PRICES);
/** The report of a live run alone. */
const PLAIN = build();
/** A report with everything in it. */
const FULL = build(
  measuredOf({
    live: [
      observationsOf(),
      observationsOf({
        run: { ...observationsOf().run, id: 'second' },
        paths: {
          microBatch: { ...pathOf(), ledger: pathOf().ledger.map((row) => ({ ...row, cpuMs: 2.5 })) },
          scheduledBatch: pathOf(),
        },
      }),
    ],
    calibration: calibrationOf(),
    drains: [drainOf()],
    batchingWindows: [batchingWindowOf()],
  }),
);

describe('buildReport', () => {
  it('judges, times and counts a live run', () => {
    const report = PLAIN;

    expect(report).toMatchObject({
      schemaVersion: 3,
      experiment: 'live',
      complete: true,
      notMeasured: [],
      exact: true,
      target: PLACE,
      run: { id: 'x', startedAt: '2026-01-31T12:00:00.000Z', endedAt: '2026-01-31T12:00:30.000Z', durationMs: 30_000 },
      settings: { windowMs: 5_000 },
      stream: { shards: 2, mapping: { batchSize: 100 } },
      correctness: { exact: true, sentLines: 5, sentEvents: 4, sentMalformed: 1, pathsAgree: true },
      timeline: [{ atMs: 1_000, sent: 2 }],
      faults: [{ functionName: 'micro' }],
      calibration: null,
      drains: [],
      batchingWindows: [],
      prices: { region: 'us-east-1', builtIn: true },
    });
    expect(report.load).toMatchObject({
      startedAt: '1970-01-01T00:00:00.000Z',
      measuredMs: 60_000,
      records: 2,
      lines: 5,
      events: 4,
      bytes: 705,
      windows: 2,
      earlierWindows: 0,
      retriedEntries: 3,
      sendLagMs: { p50: 0, p95: 4, p99: 4, max: 4, mean: 2, count: 2 },
      input: null,
    });
  });

  it('has the figures of every repeat, and shows the first in full', () => {
    expect(FULL.run.id).toBe('x');
    expect(FULL.repeats.map(({ run, exact }) => [run.id, exact])).toEqual([
      ['x', true],
      ['second', true],
    ]);
    expect(FULL.repeats.map(({ paths }) => paths.microBatch.cpuMs)).toEqual([1.5, 2.5]);
    const { freshnessMs, endToEndMs, finalityMs, rowsWritten } = FULL.paths.microBatch;
    expect(FULL.repeats[0]?.paths.microBatch).toMatchObject({ freshnessMs, endToEndMs, finalityMs, rowsWritten });
  });

  it('has calibration, drains and batching windows', () => {
    expect(FULL).toMatchObject({
      exact: true,
      calibration: { exact: true, load: { events: 63_000 }, invocations: { microBatch: 20, scheduledBatch: 20 } },
      drains: [{ windowMs: 60_000, warm: { cpuMs: 400 }, catchUp: { eventsPerSecond: 39_999 } }],
      batchingWindows: [{ batchingWindowSeconds: 10, path: { events: 4 } }],
    });
  });

  it('holds the fit against the live run, which it has not seen, and warns where that is far off', () => {
    // Two runs of one cold batch each, of 4 events: a thousandth of what a cold one costs by the standard parameters.
    expect(FULL.model.live.microBatch?.count).toBe(2);
    expect(FULL.warnings[0]).toMatch(/^The model's error of the micro-batch path's CPU in the live run was [\d,]+ %/);
  });

  it('predicts a drain by a model that has not seen it', () => {
    // By the calibration alone: 40 ms, and 0.01 ms an event or record, of which a batch of the calibration has as many.
    const { cpuMs } = FULL.drains[0]?.warm.predicted ?? {};
    expect(cpuMs).toBeCloseTo(40 + 0.01 * 60_000, 0);
    // The model of the report has seen it, and the calibration's error is no longer nothing.
    expect(FULL.model.fits.scheduledBatch.cpu?.samples).toBe(21);
    expect(FULL.model.fits.scheduledBatch.cpu?.heldOut.p95).toBeGreaterThan(0);
  });

  it('is neither exact nor complete where a drain was not exact and the rest was interrupted', () => {
    const notMeasured = [{ what: 'drain of 5 minutes', why: 'interrupted' }];
    const drains = [drainOf({ exact: false })];
    expect(build(measuredOf({ interrupted: true, notMeasured, drains }))).toMatchObject({
      complete: false,
      notMeasured,
      exact: false,
      correctness: { exact: true },
    });
  });

  it('stands on standard parameters where nothing could be fitted, and says so', () => {
    const { model, warnings, verdict } = PLAIN;
    expect(Object.values(model.origins)).not.toContain('fitted');
    expect(model.cpuError).toEqual({ microBatch: null, scheduledBatch: null });
    expect(warnings.join('\n')).toMatch(
      /micro-batch path's CPU is not fitted.*\n.*scheduled-batch path's CPU is not fitted/,
    );
    expect(verdict.windows.every(({ differenceUsd }) => Number.isFinite(differenceUsd))).toBe(true);
  });

  it('warns of a load that fills shards unlike', () => {
    const told = (...args: string[]): boolean =>
      build(measuredOf(), ...args).warnings.some((warning) => warning.includes('partitioned by host'));
    expect(told('--partition-by', 'host')).toBe(true);
    expect(told()).toBe(false);
  });

  it('has a verdict for what was asked, and for each reader in each regime', () => {
    const { verdict, verdicts, scenario } = build(
      measuredOf(),
      '--reads',
      'final',
      '--database',
      'shared',
      '--rate',
      '50',
    );
    expect(verdict).toMatchObject({ reader: 'final', regime: 'shared' });
    expect(scenario.workload.eventsPerSecond).toBe(50);
    expect(verdict.windows.map(({ windowSeconds }) => windowSeconds)).toEqual(scenario.windowsSeconds);
    expect(verdicts.map(({ regime, reader }) => `${regime} ${reader}`)).toEqual([
      'auto-pause partial',
      'auto-pause final',
      'always-on partial',
      'always-on final',
      'shared partial',
      'shared final',
    ]);
    const same = verdicts.find(({ regime, reader }) => regime === 'shared' && reader === 'final');
    expect(same).toMatchObject({ thresholdSeconds: verdict.thresholdSeconds, sentence: verdict.sentence });
  });

  it('prices with the table that it is given', () => {
    const prices = { ...PRICES, 'aurora-acu-hour': { ...PRICES['aurora-acu-hour'], usd: 1.2 } };
    const options = { ...optionsOf(), prices: 'prices.json' };
    const dear = buildReport(measuredOf(), options, PLACE, prices);
    expect(dear.prices).toMatchObject({ builtIn: false, table: { 'aurora-acu-hour': { usd: 1.2 } } });
    const costOf = (report: typeof dear) => report.verdict.windows[0]?.stream.costUsd ?? 0;
    expect(costOf(dear)).toBeGreaterThan(costOf(PLAIN) + 100);
  });

  it('has a digest that holds once it was written and read', () => {
    expect(digestReport(JSON.parse(JSON.stringify(FULL)) as Record<string, unknown>)).toBe(FULL.digest);
  });

  it('refuses to report where no live run was measured', () => {
    expect(() => build(measuredOf({ live: [] }))).toThrow(/Nothing to report/);
  });
});

const { correctness, repeats, calibration, drains, batchingWindows } = EXACT_REPORT;

/** The same with the last of them not exact. */
function withoutLast<Phase extends { readonly exact: boolean }>(phases: readonly Phase[]): Phase[] {
  return phases.map((phase, i) => ({ ...phase, exact: i < phases.length - 1 }));
}

describe('isExact', () => {
  it('is true where every phase was, and where there was no more than a live run', () => {
    expect(isExact(EXACT_REPORT)).toBe(true);
    expect(isExact({ correctness, repeats: [], calibration: null, drains: [], batchingWindows: [] })).toBe(true);
  });

  it.each([
    ['the live run', { correctness: { ...correctness, exact: false } }],
    ['the last repeat', { repeats: withoutLast(repeats) }],
    ['the calibration', { calibration: calibration === null ? null : { ...calibration, exact: false } }],
    ['the last drain', { drains: withoutLast(drains) }],
    ['a batching window', { batchingWindows: withoutLast(batchingWindows) }],
  ])('is false where %s was not', (_, given) => {
    expect(isExact({ ...EXACT_REPORT, ...given })).toBe(false);
  });
});
