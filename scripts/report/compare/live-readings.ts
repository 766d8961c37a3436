import { type PathName, pathKeyOf } from '#model/path-name.ts';
import type { PathFigures, Report, Slice } from '../definition/report.ts';
import type { MetricName } from './metric.ts';
import type { Missing, Reading } from './reading.ts';

type Source = {
  readonly of: (figures: PathFigures) => number | null;
  /** The same of a tenth of the run, or what varies as it does. */
  readonly inSlice: (slice: Slice, figures: PathFigures) => number | null;
  /** What the report lacks where `of` is null. */
  readonly missing: string;
};

const perEvents = (amount: number | null, { events }: { readonly events: number }, so: number): number | null =>
  amount === null || events === 0 ? null : (amount / events) * so;

/** What slices don't have, but what is later by as much as freshness is. */
function withFreshness(percentile: 'p50' | 'p95', of: 'endToEndMs' | 'finalityMs'): Source['inSlice'] {
  return ({ freshnessMs: inSlice }, { freshnessMs, [of]: whole }) =>
    inSlice === null || freshnessMs === null || whole === null
      ? null
      : whole[percentile] - freshnessMs[percentile] + inSlice[percentile];
}

const NOTHING_COUNTED = 'has no counted events';
const cpuInSlice = (slice: Slice): number | null => perEvents(slice.cpuMs, slice, 1_000);

/** The metrics of a live run, or of the replay of a log. */
const SOURCES = {
  'freshness.mean': {
    of: ({ freshnessMs }) => freshnessMs?.mean ?? null,
    inSlice: ({ freshnessMs }) => freshnessMs?.mean ?? null,
    missing: NOTHING_COUNTED,
  },
  'freshness.p50': {
    of: ({ freshnessMs }) => freshnessMs?.p50 ?? null,
    inSlice: ({ freshnessMs }) => freshnessMs?.p50 ?? null,
    missing: NOTHING_COUNTED,
  },
  'freshness.p95': {
    of: ({ freshnessMs }) => freshnessMs?.p95 ?? null,
    inSlice: ({ freshnessMs }) => freshnessMs?.p95 ?? null,
    missing: NOTHING_COUNTED,
  },
  'freshness.p99': {
    of: ({ freshnessMs }) => freshnessMs?.p99 ?? null,
    inSlice: ({ freshnessMs }) => freshnessMs?.p99 ?? null,
    missing: NOTHING_COUNTED,
  },
  'end-to-end.p95': {
    of: ({ endToEndMs }) => endToEndMs?.p95 ?? null,
    inSlice: withFreshness('p95', 'endToEndMs'),
    missing: NOTHING_COUNTED,
  },
  'finality.p50': {
    of: ({ finalityMs }) => finalityMs?.p50 ?? null,
    inSlice: withFreshness('p50', 'finalityMs'),
    missing: 'has no window that became final',
  },
  'finality.p95': {
    of: ({ finalityMs }) => finalityMs?.p95 ?? null,
    inSlice: withFreshness('p95', 'finalityMs'),
    missing: 'has no window that became final',
  },
  rows: {
    of: ({ rowsWritten, rowsFinal }) => (rowsFinal === 0 ? null : rowsWritten / rowsFinal),
    inSlice: (slice) => perEvents(slice.rowsWritten, slice, 1),
    missing: 'has no rows',
  },
  invocations: {
    of: (figures) => perEvents(figures.invocations, figures, 1_000_000),
    inSlice: (slice) => perEvents(slice.invocations, slice, 1_000_000),
    missing: NOTHING_COUNTED,
  },
  cpu: {
    of: (figures) => perEvents(figures.cpuMs, figures, 1_000),
    inSlice: cpuInSlice,
    missing: NOTHING_COUNTED,
  },
  billed: {
    of: (figures) => perEvents(figures.billedDurationMs, figures, 1_000),
    inSlice: cpuInSlice,
    missing: 'has no billed duration from its platform',
  },
} satisfies Partial<Record<MetricName, Source>>;

export type LiveMetricName = keyof typeof SOURCES;
export const LIVE_METRICS = Object.keys(SOURCES) as readonly LiveMetricName[];

export function readLive(report: Report, name: LiveMetricName, path: PathName): Reading | Missing {
  const { of, inSlice, missing }: Source = SOURCES[name];
  const key = pathKeyOf(path);
  const shown = report.paths[key];
  const value = of(shown);
  if (value === null) return { missing };
  const repeats = report.repeats.flatMap(({ paths }) => of(paths[key]) ?? []);
  // Two clocks that disagree; by how much, nobody knows.
  if (Math.min(value, ...repeats) <= 0) return { missing: `has a value that is not above 0` };
  const slices = shown.slices.map((slice) => inSlice(slice, shown));
  if (repeats.length < 2) return { value, repeats: [], slices };
  return { value: repeats.reduce((sum, each) => sum + each, 0) / repeats.length, repeats, slices };
}
