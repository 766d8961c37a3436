import { formatUsd } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import { type Column, left, right } from '#text/render-table.ts';
import type { Compared } from './compare-reports.ts';
import type { Difference } from './differences.ts';
import type { CheckedLimit } from './limits.ts';
import type { Unit } from './metric.ts';

/** A table of a comparison, for any format. */
export type Table = { readonly head: readonly Column[]; readonly rows: readonly (readonly string[])[] };

const VALUES = [right('base'), right('other'), right('difference'), right('noise'), left('from')];

export function metricTable(compared: readonly Compared[]): Table {
  return {
    head: [left('metric'), ...VALUES, left('')],
    rows: compared.map((each) => [each.id, ...values(each), each.outcome]),
  };
}

export function limitTable(limits: readonly CheckedLimit[]): Table {
  return {
    head: [left('limit'), left('metric'), ...VALUES, right('crossed beyond'), left('')],
    rows: limits.map((checked) => {
      const { limit, compared, outcome } = checked;
      const said = outcome === 'within noise' ? 'beyond the limit, within noise' : outcome;
      return [limit.text, compared.id, ...values(compared), smallestCrossing(checked), said];
    }),
  };
}

export function differenceTable(differences: readonly Difference[]): Table {
  return {
    head: [left('what'), left('base'), left('other')],
    rows: differences.map(({ what, base, other }) => [what, base, other]),
  };
}

function values({ unit, base, other, difference, share, noise, noiseFrom }: Compared): string[] {
  return [
    formatValue(unit, base),
    formatValue(unit, other),
    formatDifference(unit, difference, share),
    noise === null ? '–' : `±${formatValue(unit, noise)}`,
    noiseFrom,
  ];
}

function smallestCrossing({ limit, compared: { unit, base, noiseEachWay }, crossedBeyond }: CheckedLimit): string {
  if (crossedBeyond === null) return noiseEachWay === null ? 'the bands' : 'no change';
  const change = limit.direction === 'up' ? crossedBeyond : -crossedBeyond;
  return formatDifference(unit, change, base === null || base === 0 ? null : change / base);
}

const FORMATS: Readonly<Record<Unit, (value: number) => string>> = {
  ms: (value) => (Math.abs(value) < 1_000 ? `${round(value, 0)} ms` : `${round(value / 1_000, 2)} s`),
  s: formatSpan,
  'rows per final row': (value) => round(value, 2),
  'per million events': (value) => round(value, value < 100 ? 1 : 0),
  'ms per 1,000 events': (value) => `${round(value, value < 100 ? 1 : 0)} ms`,
  'USD a month': (value) => `${formatUsd(value)} USD`,
  'events/s': (value) => `${round(value, 0)}/s`,
};

/** `541 ms`, `2.64 s`, `53.10 USD`; null is a verdict without a threshold. */
export function formatValue(unit: Unit, value: number | null): string {
  return value === null ? 'none up to a day' : FORMATS[unit](value);
}

/** `+2.10 s (+388.0 %)`, or a dash for null. */
export function formatDifference(unit: Unit, difference: number | null, share: number | null): string {
  if (difference === null) return '–';
  if (difference === 0) return 'none';
  const sign = difference < 0 ? '-' : '+';
  const percent = share === null ? '' : ` (${sign}${round(Math.abs(share) * 100, 1)} %)`;
  return `${sign}${FORMATS[unit](Math.abs(difference))}${percent}`;
}

function round(value: number, digits: number): string {
  const text = value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}

/** Explanation below the tables, one line each; docs/compare.md says more. */
export const HOW_TO_READ = [
  'difference: other - base. noise: how far chance alone may move it; beyond the noise a metric is better or worse, or changed if',
  'neither direction is better. If the noise is from repeats or slices, at most 1 of 100 comparisons of equal runs finds a difference',
  'crossed beyond: the smallest change that would cross the limit: the allowed change, or the noise if that is larger',
  'noise from repeats: scatter of the repeated live runs. slices: scatter of ten parts of one run, and the drift between runs on',
  'shared machines. assumed: the drift alone, a stated allowance without a confidence level. band: a threshold is within noise if',
  'each of the two lies in the band of the other verdict',
  'cost and threshold are modelled, the rest is measured. Lower is better for all but catch-up and threshold',
] as const;
