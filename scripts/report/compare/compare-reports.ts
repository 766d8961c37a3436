import { UsageError } from '#text/usage-error.ts';
import { findObstacle } from './comparability.ts';
import { compareMetric, type Pair } from './compare-metric.ts';
import { compareThresholds } from './compare-threshold.ts';
import type { Comparison, Named, NotCompared } from './comparison.ts';
import { findDifferences } from './differences.ts';
import { describeExactness } from './exactness.ts';
import { METRICS, metricId } from './metric.ts';
import { readPairs } from './read-pairs.ts';
import { findWorkloadDifferences } from './workload.ts';

/** In so many comparisons of two runs of the same, at most, may chance pass for a difference in any metric that scatter is known of. */
const FALSE_ALARMS = 0.01;

/** @throws UsageError in one line where the reports' workloads differ: then no figure of one says anything of the other's */
export function compareReports(base: Named, other: Named): Comparison {
  const exactness = { base: describeExactness(base.report), other: describeExactness(other.report) };
  const differences = findDifferences(base.report, other.report);
  const isSame = base.report.digest === other.report.digest;
  const comparison = { base, other, isSame, exactness, differences, compared: [], notCompared: [] };
  if (!exactness.base.exact || !exactness.other.exact) return comparison;
  refuseOtherWorkload(base, other);

  const pairs: Pair[] = [];
  const notCompared: NotCompared[] = [];
  for (const pair of readPairs(base, other)) {
    const { name, path, windowMs } = pair;
    const unpaired = 'reason' in pair ? { reason: pair.reason, brief: pair.reason } : null;
    const obstacle = findObstacle(METRICS[name].needs, differences) ?? unpaired;
    if (obstacle !== null) notCompared.push({ id: metricId(name, path, windowMs), name, path, windowMs, ...obstacle });
    else if (!('reason' in pair)) pairs.push(pair);
  }
  // Bonferroni: as many metrics share the false alarms that one comparison may have. Those whose noise is assumed leave theirs unused.
  const compared = pairs.map((pair) => compareMetric(pair, FALSE_ALARMS / pairs.length));
  const obstacle = findObstacle(METRICS.threshold.needs, differences);
  if (obstacle === null) compared.push(compareThresholds(base.report, other.report));
  else notCompared.push({ id: 'threshold', name: 'threshold', path: null, windowMs: null, ...obstacle });
  return { ...comparison, compared, notCompared };
}

function refuseOtherWorkload(base: Named, other: Named): void {
  const workload = findWorkloadDifferences(base.report, other.report);
  if (workload.length === 0) return;
  throw new UsageError(
    `Can't compare '${base.file}' with '${other.file}': their workloads differ (${workload.join('; ')}); ` +
      'run both benchmarks with the same load options',
  );
}
