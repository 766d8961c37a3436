import { describe, expect, it } from 'vitest';
import type { ModelParameters } from '#model/parameters.ts';
import { countRows } from '#model/workload/keys.ts';
import type { Report } from '#report/definition/report.ts';
import { predictReport } from '#report/prediction/predict-report.ts';
import type { Prediction } from '#report/prediction/prediction.ts';
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
    const rows = countRows(keys, 283 * 500) + countRows(keys, 17 * 500);
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
