import type { Report } from '../report/report.ts';
import type { Compared } from './compared.ts';
import type { Difference } from './difference.ts';
import type { Exactness } from './exactness.ts';

/** A report and what its file is called. */
export type Named = { readonly file: string; readonly report: Report };

/** Metrics that are not compared, and why. */
export type NotCompared = Pick<Compared, 'id' | 'name' | 'path' | 'windowMs'> & { readonly reason: string };

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
