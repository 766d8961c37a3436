import { parseChangeLimits } from '#report/compare/change-limit.ts';
import type { Judged } from '#report/compare/check-limits.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import { comparedMetric } from './compared-metric.ts';

const EXACT = { exact: true, events: 33_500, failed: [] };
const [limit] = parseChangeLimits('freshness.p95=+20%');
if (limit === undefined) throw new Error('There is no limit');

/** A comparison with a row of every kind. */
export const JUDGED: Judged = {
  base: { file: 'base.json', report: EXACT_REPORT },
  other: { file: 'out/a|b.json', report: { ...EXACT_REPORT, run: { ...EXACT_REPORT.run, id: 'wxyz9876' } } },
  isSame: false,
  exactness: { base: EXACT, other: EXACT },
  differences: [{ what: 'batching window', base: '0s', other: '5s', breaks: [] }],
  compared: [
    comparedMetric('freshness.p95', { base: 541, other: 2_645, difference: 2_104, share: 3.889, noise: 222 }),
    comparedMetric('rows', {
      base: 2.19,
      other: 1.62,
      difference: -0.57,
      share: -0.26,
      noise: 0.3,
      noiseFrom: 'repeats',
      outcome: 'better',
    }),
    comparedMetric('cost', {
      base: 98,
      other: 99,
      difference: 1,
      share: 0.01,
      noise: 2,
      noiseFrom: 'assumed',
      outcome: 'within noise',
    }),
    comparedMetric('threshold', {
      base: 480,
      other: null,
      difference: null,
      share: null,
      noise: null,
      noiseEachWay: null,
      noiseFrom: 'band',
    }),
  ],
  notCompared: [
    {
      id: 'catch-up.5m',
      name: 'catch-up',
      path: 'micro-batch',
      windowMs: 300_000,
      reason: 'base.json has no drain of 5m',
      brief: 'base.json has no drain of 5m',
    },
  ],
  limits: [
    {
      limit,
      compared: comparedMetric('freshness.p95', {
        base: 541,
        other: 2_645,
        difference: 2_104,
        share: 3.889,
        noise: 222,
      }),
      crossedBeyond: 222,
      outcome: 'crossed',
    },
    {
      limit,
      compared: comparedMetric('freshness.p95', { path: 'scheduled-batch' }),
      crossedBeyond: 20,
      outcome: 'within noise',
    },
  ],
};
