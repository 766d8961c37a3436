import { parseChangeLimits } from '#cli/options/change-limits.ts';
import { PATH_NAMES } from '#functions/contract.ts';
import type { Compared } from '#report/compare/compare-reports.ts';
import type { Judged } from '#report/compare/limits.ts';
import { METRICS, type MetricName, metricId } from '#report/compare/metric.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

/** A metric that rose from 100 to 150 beyond a noise of 10; of the micro-batch path, if the metric has it. */
export function comparedMetric(name: MetricName, changes: Partial<Compared> = {}): Compared {
  const { label, unit, polarity, paths } = METRICS[name];
  const path = PATH_NAMES.find((each) => (paths as readonly string[] | null)?.includes(each)) ?? null;
  const compared: Compared = {
    id: '',
    name,
    path,
    windowMs: null,
    label,
    unit,
    polarity,
    base: 100,
    other: 150,
    difference: 50,
    share: 0.5,
    noise: 10,
    noiseEachWay: { up: 10, down: 10 },
    noiseFrom: 'slices',
    outcome: polarity === 'neutral' ? 'changed' : polarity === 'lower is better' ? 'worse' : 'better',
    ...changes,
  };
  return { ...compared, id: metricId(name, compared.path, compared.windowMs) };
}

const EXACT = { exact: true, events: 33_500, failed: [] };
const [limit] = parseChangeLimits('freshness.p95=+20%');
if (limit === undefined) throw new Error('There is no limit');

/** A comparison with rows of every kind. */
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
