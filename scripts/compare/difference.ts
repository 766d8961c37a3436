import type { Need } from './metric.ts';

/** Something beside the figures that is not the same in two reports. */
export type Difference = {
  readonly what: string;
  readonly base: string;
  readonly other: string;
  /** What is no longer the same with it; empty: it may be what is compared. */
  readonly breaks: readonly Need[];
};
