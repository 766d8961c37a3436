import { describe, expect, it } from 'vitest';
import { type ModelParameters, STANDARD } from '#model/parameters.ts';
import { tabulateRows } from '#model/workload/keys.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';
import type { PathReport, Report } from '#report/definition/report.ts';
import { differenceOf, type Prediction, predictReport } from '#report/prediction/predictions.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

const { parameters } = EXACT_REPORT.model;
const ROWLESS: ModelParameters = {
  ...parameters,
  microBatchCpuMsPerFreshRow: 0,
  microBatchCpuMsPerUpdatedRow: 0,
  scheduledBatchCpuMsPerFreshRow: 0,
  scheduledBatchCpuMsPerUpdatedRow: 0,
};

function find(predictions: readonly Prediction[], of: string, path: Prediction['path'], figure: string): Prediction {
  const found = predictions.find((each) => each.of === of && each.path === path && each.figure === figure);
  if (found === undefined) throw new Error(`no ${figure} of ${path} in ${of}`);
  return found;
}

describe('differenceOf', () => {
  it.each([
    [110, 100, 0.1],
    [90, 100, -0.1],
    [0, 100, -1],
  ])('of %i beside %i is %f', (predicted, measured, difference) => {
    expect(differenceOf({ predicted, measured })).toBeCloseTo(difference, 12);
  });

  it('is nothing beside nothing', () => {
    expect(differenceOf({ predicted: 5, measured: 0 })).toBeNull();
  });
});

describe('predictReport', () => {
  const predictions = predictReport(ROWLESS, EXACT_REPORT);

  it('covers the live run of both paths, each batching window and each drain', () => {
    const phases = predictions.map(({ of, path }) => `${of}: ${path}`);
    expect([...new Set(phases)]).toEqual([
      'live run: micro-batch',
      'live run: scheduled-batch',
      'batching window of 10 seconds: micro-batch',
      'drain of 1 minute: scheduled-batch',
      'drain of 1 minute: micro-batch',
      'drain of 5 minutes: scheduled-batch',
      'drain of 5 minutes: micro-batch',
    ]);
    for (const { predicted, measured } of predictions) {
      expect(Number.isFinite(predicted) && predicted > 0).toBe(true);
      expect(Number.isFinite(measured) && measured > 0).toBe(true);
    }
  });

  it('runs the live load for as long as it was sent: what is measured, then bound and window', () => {
    // (60 + 2 + 5) s, one poll a second on 2 shards; a batch every 5 s.
    expect(find(predictions, 'live run', 'micro-batch', 'invocations')).toMatchObject({
      predicted: expect.closeTo(134, 6),
      measured: 134,
    });
    expect(find(predictions, 'live run', 'scheduled-batch', 'invocations')).toMatchObject({
      predicted: expect.closeTo(67 / 5, 6),
      measured: 14,
    });
  });

  it('takes means from what was measured', () => {
    const { microBatch } = EXACT_REPORT.paths;
    const measured = (figure: string): number => find(predictions, 'live run', 'micro-batch', figure).measured;
    expect(measured('freshness, mean')).toBe(540.2);
    expect(measured('rows written per final row')).toBe(41_000 / 20_500);
    expect(measured('CPU per invocation')).toBe(402 / microBatch.commits);
    expect(measured('CPU per event')).toBeCloseTo((402 / 33_500) * 1_000, 9);
  });

  it("predicts a drain's batch from its events, records and keys", () => {
    const { keys } = EXACT_REPORT.scenario.workload;
    // 300 s at 500/s, of which 17 s lie in the next window.
    const countRows = tabulateRows(keys);
    const rows = countRows(283 * 500) + countRows(17 * 500);
    const drained = find(predictions, 'drain of 5 minutes', 'scheduled-batch', 'rows written');
    expect(drained.predicted).toBeCloseTo(rows, 0);
    expect(drained.measured).toBe(10_900);
    const warmMs = 48 + 0.0085 * 150_000 + 0.003 * Math.ceil(150_000 / 128);
    const cpu = (figure: string) => find(predictions, 'drain of 5 minutes', 'scheduled-batch', figure).predicted;
    expect(cpu('CPU, warm')).toBeCloseTo(warmMs, 0);
    expect(cpu('CPU, cold')).toBeCloseTo(warmMs + 118, 0);
    const { catchUp } = EXACT_REPORT.drains[1] ?? { catchUp: null };
    const caughtUp = find(predictions, 'drain of 5 minutes', 'micro-batch', 'CPU, catching up').predicted;
    expect(caughtUp).toBeCloseTo((catchUp?.invocations ?? 0) * 0.2 + 0.0021 * 150_000 + 0.0018 * 1_172, 0);
  });

  it('counts the cold starts of a batching window as the report does', () => {
    const phases = (coldStarts: number) => EXACT_REPORT.batchingWindows.map((phase) => ({ ...phase, coldStarts }));
    const perInvocation = (report: Report) => {
      const predicted = predictReport(ROWLESS, report);
      const of = (figure: string) => find(predicted, 'batching window of 10 seconds', 'micro-batch', figure).predicted;
      return of('CPU per invocation') * of('invocations');
    };
    const none = perInvocation(changedReport({ batchingWindows: phases(0) }));
    expect(perInvocation(changedReport({ batchingWindows: phases(3) })) - none).toBeCloseTo(3 * ROWLESS.coldCpuMs, 6);
  });

  it('follows the settings of the other run', () => {
    const mapping = { batchSize: 10_000, batchingWindowSeconds: 10 };
    const slower: Report = changedReport({ stream: { shards: 1, mapping } });
    const { predicted } = find(predictReport(ROWLESS, slower), 'live run', 'micro-batch', 'freshness, mean');
    expect(predicted).toBeGreaterThan(5_000); // half of 10 s
  });
});

describe('predictReport of a live run', () => {
  const rates: ModelParameters = {
    ...STANDARD,
    microBatchCpuMs: 1,
    microBatchCpuMsPerEvent: 0.002,
    microBatchCpuMsPerRecord: 0.001,
    microBatchCpuMsPerFreshRow: 0,
    microBatchCpuMsPerUpdatedRow: 0,
    scheduledBatchCpuMs: 50,
    scheduledBatchCpuMsPerEvent: 0.01,
    scheduledBatchCpuMsPerRecord: 0.002,
    scheduledBatchCpuMsPerFreshRow: 0,
    scheduledBatchCpuMsPerUpdatedRow: 0,
    coldCpuMs: 100,
  };
  /** One host and no referrer, so that an invocation within a window writes 2 rows. */
  const keys = { kind: 'zipf', hosts: 1, referrers: 1, hostSkew: 0, referrerSkew: 0, nullReferrerShare: 0 } as const;
  const { scenario, load, settings, paths } = EXACT_REPORT;

  const measured = (path: PathReport, coldStarts: number): PathReport => ({
    ...path,
    events: 30_000,
    commits: 100,
    rowsWritten: 300,
    rowsFinal: 24,
    cpuMs: 300,
    freshnessMs: path.freshnessMs && { ...path.freshnessMs, mean: 500 },
    coldStartsAtMs: Array.from({ length: coldStarts }, (_, index) => index),
  });
  /** A minute in windows of 5 s: 250 events a second on each of 2 shards, each a record. */
  const reportOf = (changes: Partial<PathReport> = {}): Report =>
    changedReport({
      scenario: {
        ...scenario,
        workload: { ...GENERATED_LOAD, eventsPerSecond: 500, eventsPerRecord: 1, keys },
      },
      load: { ...load, measuredMs: 60_000 - settings.boundMs - settings.windowMs },
      paths: {
        microBatch: { ...measured(paths.microBatch, 3), ...changes },
        scheduledBatch: measured(paths.scheduledBatch, 1),
      },
    });
  const figuresOf = (report: Report, path: Prediction['path']) =>
    Object.fromEntries(
      predictReport(rates, report)
        .filter((each) => each.of === 'live run' && each.path === path)
        .map(({ figure, predicted, measured }) => [figure, [predicted, measured] as const]),
    );

  describe('micro-batch', () => {
    const figures = figuresOf(reportOf(), 'micro-batch');

    it('sets what an invocation a second on each shard would be beside what was', () => {
      expect(figures.invocations).toEqual([expect.closeTo(120, 6), 100]);
      // 1 + 250 × 0.003 = 1.75 ms each, and 3 × 100 ms of cold starts over 120 invocations.
      expect(figures['CPU per invocation']).toEqual([expect.closeTo(1.75 + 2.5, 6), 3]);
      expect(figures['CPU per event']).toEqual([expect.closeTo(((1.75 + 2.5) / 250) * 1_000, 6), 10]);
    });

    it('expects the rows of a host that is written by every invocation and is final once a window', () => {
      // 2 rows an invocation, 2 more for each that holds a window's end (one of 5 on each shard); 2 final rows in 12 windows.
      expect(figures['rows written per final row']).toEqual([expect.closeTo((120 * 2 * 1.2) / 24, 1), 12.5]);
    });

    it('expects an event to wait half a second and the invocation', () => {
      expect(figures['freshness, mean']?.[0]).toBeGreaterThan(500);
      expect(figures['freshness, mean']?.[0]).toBeLessThan(520);
      expect(figures['freshness, mean']?.[1]).toBe(500);
    });

    it('leaves out the freshness of nothing', () => {
      const nothing = figuresOf(reportOf({ events: 0, freshnessMs: null }), 'micro-batch');
      expect(nothing).not.toHaveProperty('freshness, mean');
      expect(nothing['CPU per event']?.[1]).toBe(0);
    });
  });

  describe('scheduled-batch', () => {
    const figures = figuresOf(reportOf(), 'scheduled-batch');

    it('expects a run for each window, warm but for those that were cold', () => {
      expect(figures.invocations?.[0]).toBeCloseTo(12, 6);
      // 50 + 2,500 × 0.012 = 80 ms each, and 100 ms once in 12.
      expect(figures['CPU per invocation']?.[0]).toBeCloseTo(80 + 100 / 12, 6);
      expect(figures['CPU per event']?.[0]).toBeCloseTo(((80 + 100 / 12) / 2_500) * 1_000, 6);
    });

    it('expects a run to write the rest of one window and the beginning of the next', () => {
      expect(figures['rows written per final row']?.[0]).toBeCloseTo(2, 6);
    });

    it('expects an event to wait half a window and the run, without a start of the environment', () => {
      expect(figures['freshness, mean']?.[0]).toBeGreaterThan(2_500);
      expect(figures['freshness, mean']?.[0]).toBeLessThan(3_000);
    });
  });
});
