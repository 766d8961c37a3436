import { PATH_NAMES } from '#model/path-name.ts';
import type { Compared } from '#report/compare/comparison.ts';
import { METRICS, type MetricName, metricId } from '#report/compare/metric.ts';

/** A metric that rose from 100 to 150 beyond a noise of 10, of the micro-batch path where it is of any. */
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
