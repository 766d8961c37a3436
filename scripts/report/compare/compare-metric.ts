import type { PathName } from '#model/path-name.ts';
import type { Compared, Outcome } from './comparison.ts';
import { METRICS, type Metric, type MetricName, metricId, type Polarity } from './metric.ts';
import { type Direction, directionOf, estimateNoise, type Noise } from './noise.ts';
import type { Reading } from './reading.ts';

/** Two readings of a metric that can be compared. */
export type Pair = {
  readonly name: MetricName;
  readonly path: PathName | null;
  readonly windowMs: number | null;
  readonly base: Reading;
  readonly other: Reading;
  /** What can move between two runs unseen in a direction, for a reason that is known, in the metric's unit. */
  readonly unseen: (direction: Direction) => number;
};

/** @param share in what share of comparisons chance may pass for a difference in this metric */
export function compareMetric({ name, path, windowMs, base, other, unseen }: Pair, share: number): Compared {
  const { label, unit, polarity, drift }: Metric = METRICS[name];
  const noiseOf = (direction: Direction): Noise =>
    estimateNoise(base, other, { share, drift, unseen: unseen(direction) }, direction);
  const noise = noiseOf(directionOf(base.value, other.value));
  const difference = other.value - base.value;
  return {
    id: metricId(name, path, windowMs),
    name,
    path,
    windowMs,
    label,
    unit,
    polarity,
    base: base.value,
    other: other.value,
    difference,
    share: base.value === 0 ? null : difference / base.value,
    noise: noise.amount,
    noiseEachWay: { up: noiseOf('up').amount, down: noiseOf('down').amount },
    noiseFrom: noise.from,
    outcome: judge(polarity, difference, noise.amount),
  };
}

function judge(polarity: Polarity, difference: number, noise: number): Outcome {
  if (difference === 0) return 'same';
  if (Math.abs(difference) <= noise) return 'within noise';
  if (polarity === 'neutral') return 'changed';
  return difference > 0 === (polarity === 'higher is better') ? 'better' : 'worse';
}
