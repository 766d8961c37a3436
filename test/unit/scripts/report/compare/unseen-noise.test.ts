import { describe, expect, it } from 'vitest';
import { unseenNoise } from '#report/compare/unseen-noise.ts';
import type { Report } from '#report/definition/report.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';

const { load, settings, stream, paths } = EXACT_REPORT;

function startingAt(startedAt: string, windowMs: number, measuredMs = 60_000): Report {
  return changedReport({
    load: { ...load, startedAt, measuredMs },
    settings: { ...settings, windowMs, boundMs: 2_000 },
  });
}

describe('unseenNoise', () => {
  it('is the second between two polls in the finality of the micro-batch path', () => {
    expect(unseenNoise('finality.p50', 'micro-batch', EXACT_REPORT, EXACT_REPORT)).toBe(1_000);
    expect(unseenNoise('finality.p95', 'scheduled-batch', EXACT_REPORT, EXACT_REPORT)).toBe(0);
    expect(unseenNoise('freshness.p95', 'micro-batch', EXACT_REPORT, EXACT_REPORT)).toBe(0);
  });

  it('has the batching window in it by how few windows there were', () => {
    const batching = (windows: number): Report =>
      changedReport({
        stream: { ...stream, mapping: { batchSize: 1_000, batchingWindowSeconds: 5 } },
        paths: {
          ...paths,
          microBatch: { ...paths.microBatch, finalityMs: { p50: 1, p95: 1, p99: 1, max: 1, mean: 1, count: windows } },
        },
      });
    expect(unseenNoise('finality.p95', 'micro-batch', EXACT_REPORT, batching(10))).toBe(2_000);
    expect(unseenNoise('finality.p95', 'micro-batch', EXACT_REPORT, batching(1))).toBe(6_000);
  });

  it('is two invocations more or less', () => {
    const few = changedReport({
      paths: { ...paths, scheduledBatch: { ...paths.scheduledBatch, events: 10_000 } },
    });
    expect(unseenNoise('invocations', 'scheduled-batch', EXACT_REPORT, few)).toBe(200);
    expect(unseenNoise('invocations', 'micro-batch', EXACT_REPORT, EXACT_REPORT)).toBeCloseTo(2e6 / 33_500, 9);
  });

  describe('of a scheduled batch', () => {
    // 60 s + 2 s + 60 s are 122 s: 2.0333 windows.
    const aligned = startingAt('2026-01-31T12:00:00Z', 60_000);
    const later = startingAt('2026-01-31T12:00:30Z', 60_000);

    it('is how far the cut of the last window moves its freshness, where loads begin otherwise against the windows', () => {
      const ms = 60_000 / (2 * (122 / 60));
      expect(unseenNoise('freshness.mean', 'scheduled-batch', aligned, later)).toBeCloseTo(ms, 6);
      expect(unseenNoise('end-to-end.p95', 'scheduled-batch', later, aligned)).toBeCloseTo(ms, 6);
      expect(unseenNoise('freshness.mean', 'micro-batch', aligned, later)).toBe(0);
    });

    it('is nothing where they begin alike, a window later or round its end', () => {
      for (const at of ['2026-01-31T12:03:00Z', '2026-01-31T12:01:00.500Z', '2026-01-31T11:59:59.500Z']) {
        expect(unseenNoise('freshness.p50', 'scheduled-batch', aligned, startingAt(at, 60_000))).toBe(0);
      }
    });

    it.each([
      ['2026-01-31T12:01:01.100Z', false],
      ['2026-01-31T12:01:01.300Z', true],
      ['2026-01-31T11:59:58.900Z', false],
      ['2026-01-31T11:59:58.700Z', true],
    ])('takes loads for alike up to 1.2 s apart in a window of 60 s, a fiftieth: at %s noise is %s', (at, is) => {
      expect(unseenNoise('freshness.p50', 'scheduled-batch', aligned, startingAt(at, 60_000)) > 0).toBe(is);
    });

    it('is a batch more or less in what batches take', () => {
      const { cpuMs, events, invocations } = paths.scheduledBatch;
      const one = (cpuMs / events / invocations) * 1_000;
      expect(unseenNoise('cpu', 'scheduled-batch', aligned, later)).toBeCloseTo(one, 9);
      expect(unseenNoise('cpu', 'scheduled-batch', aligned, aligned)).toBe(0);
      expect(unseenNoise('rows', 'scheduled-batch', aligned, later)).toBe(0);
    });

    it('is nothing for the replay of a log, whose schedule begins with it', () => {
      const replay: Report = { ...later, experiment: 'replay' };
      expect(unseenNoise('freshness.mean', 'scheduled-batch', replay, replay)).toBe(0);
      expect(unseenNoise('freshness.mean', 'scheduled-batch', { ...aligned, experiment: 'replay' }, replay)).toBe(0);
    });
  });
});
