import type { Column } from '#text/render-table.ts';
import type { CheckedLimit } from './check-limits.ts';
import type { Compared, Difference } from './comparison.ts';
import { formatDifference, formatValue } from './format-value.ts';

/** The tables of a comparison, whatever they are drawn with. */
export type Cells = readonly string[];

const left = (head: string): Column => ({ head, align: 'left' });
const right = (head: string): Column => ({ head, align: 'right' });

const VALUES = [right('base'), right('other'), right('difference'), right('noise'), left('from')];

export const METRIC_HEAD: readonly Column[] = [left('metric'), ...VALUES, left('')];
export const LIMIT_HEAD: readonly Column[] = [
  left('limit'),
  left('metric'),
  ...VALUES,
  right('crossed beyond'),
  left(''),
];
export const DIFFERENCE_HEAD: readonly Column[] = [left('what'), left('base'), left('other')];

export function metricRows(compared: readonly Compared[]): Cells[] {
  return compared.map((each) => [each.id, ...values(each), each.outcome]);
}

export function limitRows(limits: readonly CheckedLimit[]): Cells[] {
  return limits.map((checked) => {
    const { limit, compared, outcome } = checked;
    return [
      limit.text,
      compared.id,
      ...values(compared),
      crossing(checked),
      outcome === 'within noise' ? 'beyond it, but within noise' : outcome,
    ];
  });
}

export function differenceRows(differences: readonly Difference[]): Cells[] {
  return differences.map(({ what, base, other }) => [what, base, other]);
}

/** The smallest change that could cross a limit here. */
function crossing({ limit, compared: { unit, base, noiseEachWay }, crossedBeyond }: CheckedLimit): string {
  if (crossedBeyond === null) return noiseEachWay === null ? 'the bands' : 'no change';
  const change = limit.direction === 'up' ? crossedBeyond : -crossedBeyond;
  return formatDifference(unit, change, base === null || base === 0 ? null : change / base);
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

/** What stands below the tables, line by line; docs/compare.md says more. */
export const HOW_TO_READ = [
  'difference: other - base. noise: how far chance may take it; beyond it a metric is better or worse, or changed where neither',
  'direction is. At most one of a hundred comparisons of runs of the same has such an outcome where noise is from repeats or slices',
  'crossed beyond: the smallest change that could cross the limit here: what it allows, or the noise where that is more',
  'noise from repeats: by the scatter of the live runs (--repeat). slices: by ten parts of one run, and what moves whole runs on',
  'shared machines. assumed: by the latter alone, a stated allowance, tested at no level. band: the threshold lies in the band of the',
  'other verdict, or has changed',
  'cost and threshold are modelled, the rest is measured. Lower is better for all but catch-up and threshold',
] as const;
