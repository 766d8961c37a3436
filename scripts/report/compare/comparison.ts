import type { PathName } from '#model/path-name.ts';
import type { Report } from '../definition/report.ts';
import type { Exactness } from './exactness.ts';
import type { MetricName, Need, Polarity, Unit } from './metric.ts';
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
  /** The same for a rise and for a fall, whichever it was: nothing falls below 0, so a fall is smaller. */
  readonly noiseEachWay: { readonly up: number; readonly down: number } | null;
  readonly noiseFrom: NoiseSource | 'band';
  readonly outcome: Outcome;
};

/** Whether a difference is more than chance. */
export function isReal({ outcome }: Pick<Compared, 'outcome'>): boolean {
  return outcome !== 'same' && outcome !== 'within noise';
}

/** Something beside the figures that is not the same in two reports. */
export type Difference = {
  readonly what: string;
  readonly base: string;
  readonly other: string;
  /** What is no longer the same with it; empty: it may be what is compared. */
  readonly breaks: readonly Need[];
};

/** A report and what its file is called. */
export type Named = { readonly file: string; readonly report: Report };

/** Metrics that are not compared, and why. */
export type NotCompared = Pick<Compared, 'id' | 'name' | 'path' | 'windowMs'> & {
  readonly reason: string;
  /** The reason without what shows it. */
  readonly brief: string;
};

/** A report beside the base. */
export type Comparison = {
  readonly base: Named;
  readonly other: Named;
  /** The two files hold the same report. */
  readonly isSame: boolean;
  readonly exactness: { readonly base: Exactness; readonly other: Exactness };
  readonly differences: readonly Difference[];
  /** Nothing where either is not exact. */
  readonly compared: readonly Compared[];
  readonly notCompared: readonly NotCompared[];
};
