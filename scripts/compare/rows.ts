import type { Column } from '../text/render-table.ts';
import type { CheckedLimit } from './check-limits.ts';
import type { Compared } from './compared.ts';
import type { Difference } from './difference.ts';
import { formatDifference, formatValue } from './format-value.ts';

/** The tables of a comparison, whatever they are drawn with. */
export type Cells = readonly string[];

const left = (head: string): Column => ({ head, align: 'left' });
const right = (head: string): Column => ({ head, align: 'right' });

const VALUES = [right('base'), right('other'), right('difference'), right('noise'), left('from')];

export const METRIC_HEAD: readonly Column[] = [left('metric'), ...VALUES, left('')];
export const LIMIT_HEAD: readonly Column[] = [left('limit'), left('metric'), ...VALUES, left('')];
export const DIFFERENCE_HEAD: readonly Column[] = [left('what'), left('base'), left('other')];

export function metricRows(compared: readonly Compared[]): Cells[] {
  return compared.map((each) => [each.id, ...values(each), each.outcome]);
}

export function limitRows(limits: readonly CheckedLimit[]): Cells[] {
  return limits.map(({ limit, compared, outcome }) => [
    limit.text,
    compared.id,
    ...values(compared),
    outcome === 'within noise' ? 'beyond it, but within noise' : outcome,
  ]);
}

export function differenceRows(differences: readonly Difference[]): Cells[] {
  return differences.map(({ what, base, other }) => [what, base, other]);
}

function values({ unit, base, other, difference, share, noise, noiseFrom }: Compared): Cells {
  return [
    formatValue(unit, base),
    formatValue(unit, other),
    formatDifference(unit, difference, share),
    noise === null ? '–' : `±${formatValue(unit, noise)}`,
    noiseFrom,
  ];
}
