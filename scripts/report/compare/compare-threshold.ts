import type { Report } from '../definition/report.ts';
import type { Compared, Outcome } from './comparison.ts';
import { METRICS } from './metric.ts';

type Threshold = Pick<Report['verdict'], 'thresholdSeconds' | 'earliestSeconds' | 'latestSeconds'>;

/** Two verdicts' thresholds: within noise where each lies in the other's band. */
export function compareThresholds({ verdict: one }: Report, { verdict: two }: Report): Compared {
  const [base, other] = [one.thresholdSeconds, two.thresholdSeconds];
  const difference = base === null || other === null ? null : other - base;
  const { label, unit, polarity } = METRICS.threshold;
  return {
    id: 'threshold',
    name: 'threshold',
    path: null,
    windowMs: null,
    label,
    unit,
    polarity,
    base,
    other,
    difference,
    share: difference === null || base === null || base === 0 ? null : difference / base,
    noise: null,
    noiseEachWay: null,
    noiseFrom: 'band',
    outcome: judge(one, two),
  };
}

function judge(one: Threshold, two: Threshold): Outcome {
  if (one.thresholdSeconds === two.thresholdSeconds) return 'same';
  return liesIn(one.thresholdSeconds, two) && liesIn(two.thresholdSeconds, one) ? 'within noise' : 'changed';
}

/** None up to a day lies beyond every window. */
function liesIn(seconds: number | null, { earliestSeconds, latestSeconds }: Threshold): boolean {
  const at = seconds ?? Number.POSITIVE_INFINITY;
  return at >= (earliestSeconds ?? Number.POSITIVE_INFINITY) && at <= (latestSeconds ?? Number.POSITIVE_INFINITY);
}
