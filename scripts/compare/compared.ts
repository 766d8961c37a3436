import type { PathName } from '../verdict/choice.ts';
import type { MetricName, Polarity, Unit } from './metric.ts';
import type { NoiseSource } from './noise.ts';

/** What a difference comes to. `same`: there is none. */
export const OUTCOMES = ['worse', 'better', 'changed', 'within noise', 'same'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A metric of two reports, side by side, in its unit. */
export type Compared = {
  readonly id: string;
  readonly name: MetricName;
  readonly path: PathName | null;
  /** Of a drain; null for what is not of one. */
  readonly windowMs: number | null;
  readonly label: string;
  readonly unit: Unit;
  readonly polarity: Polarity;
  /** Null, here and below: no window up to a day is the threshold. */
  readonly base: number | null;
  readonly other: number | null;
  /** Other − base; null where either is null. */
  readonly difference: number | null;
  /** Of the base's value; null where that is 0 too. */
  readonly share: number | null;
  /** As far as chance may take it; null for the threshold, which has the verdict's band instead. */
  readonly noise: number | null;
  readonly noiseFrom: NoiseSource | 'band';
  readonly outcome: Outcome;
};

/** Whether a difference is more than chance. */
export function isReal({ outcome }: Pick<Compared, 'outcome'>): boolean {
  return outcome !== 'same' && outcome !== 'within noise';
}
