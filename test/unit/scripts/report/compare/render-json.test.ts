import { describe, expect, it } from 'vitest';
import { renderJson } from '#report/compare/render-json.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import { JUDGED } from './judged.ts';

describe('renderJson', () => {
  it('has every figure, unrounded, and the version of its own shape', () => {
    const startedAt = '2026-01-31T12:00:00.000Z';
    const { digest } = EXACT_REPORT;
    const metric = { name: 'freshness.p95', windowMs: null, label: 'freshness, 95th percentile', unit: 'ms' };
    expect(JSON.parse(renderJson([JUDGED]))).toMatchObject({
      schemaVersion: 1,
      comparisons: [
        {
          base: {
            file: 'base.json',
            run: 'abcd1234',
            startedAt,
            tidemarkVersion: '0.1.0',
            digest,
            exact: true,
            events: 33_500,
            failed: [],
          },
          other: { file: 'out/a|b.json', run: 'wxyz9876', exact: true },
          same: false,
          differences: [{ what: 'batching window', base: '0s', other: '5s' }],
          metrics: [
            {
              ...metric,
              id: 'micro-batch.freshness.p95',
              path: 'micro-batch',
              polarity: 'lower is better',
              base: 541,
              other: 2_645,
              difference: 2_104,
              share: 3.889,
              noise: 222,
              noiseFrom: 'slices',
              outcome: 'worse',
            },
            { id: 'micro-batch.rows', outcome: 'better' },
            { id: 'micro-batch.cost', outcome: 'within noise' },
            {
              id: 'threshold',
              path: null,
              base: 480,
              other: null,
              difference: null,
              share: null,
              noise: null,
              noiseFrom: 'band',
            },
          ],
          notCompared: [{ id: 'catch-up.5m', reason: 'base.json has no drain of 5m' }],
          limits: [
            {
              limit: 'freshness.p95=+20%',
              metric: 'micro-batch.freshness.p95',
              base: 541,
              other: 2_645,
              difference: 2_104,
              noise: 222,
              crossedBeyond: 222,
              outcome: 'crossed',
            },
            { metric: 'scheduled-batch.freshness.p95', outcome: 'within noise' },
          ],
        },
      ],
    });
  });

  it('has one comparison for each other report', () => {
    expect(JSON.parse(renderJson([JUDGED, JUDGED])).comparisons).toHaveLength(2);
  });
});
