import { BOTH_PATHS, PATHS } from '#functions/contract.ts';
import type { PathFigures, Report } from '#report/definition/report.ts';
import { formatCount, formatMs, formatNumber, formatShare } from '../figures.ts';
import { figures, type Table, words } from '../table.ts';

type Measure = {
  readonly label: string;
  readonly of: (path: PathFigures) => number | null;
  readonly say: (value: number | null) => string;
};

const MEASURES: readonly Measure[] = [
  { label: 'freshness p50', of: ({ freshnessMs }) => freshnessMs?.p50 ?? null, say: formatMs },
  { label: 'freshness p95', of: ({ freshnessMs }) => freshnessMs?.p95 ?? null, say: formatMs },
  { label: 'freshness p99', of: ({ freshnessMs }) => freshnessMs?.p99 ?? null, say: formatMs },
  { label: 'finality p50', of: ({ finalityMs }) => finalityMs?.p50 ?? null, say: formatMs },
  { label: 'invocations', of: ({ invocations }) => invocations, say: formatCount },
  {
    label: 'rows written per final row',
    of: ({ rowsWritten, rowsFinal }) => (rowsFinal === 0 ? null : rowsWritten / rowsFinal),
    say: formatNumber,
  },
  { label: 'CPU', of: ({ cpuMs }) => cpuMs, say: formatMs },
  { label: 'billed duration', of: ({ billedDurationMs }) => billedDurationMs, say: formatMs },
];

/** Each figure over the repeats, with how far its least and greatest are apart. */
export function repeatsTable(repeats: Report['repeats'], target: Report['target']): Table {
  const rows = BOTH_PATHS.flatMap((path) =>
    MEASURES.map(({ label, of, say }) => {
      const values = repeats.map(({ paths }) => of(paths[path]));
      return [label, PATHS[path].name, ...values.map(say), formatShare(spreadOf(values))];
    }),
  );
  return {
    caption: `The live run ${repeats.length} times with the same options, measured on the ${target.name} target`,
    columns: [
      words('Figure'),
      words('Path'),
      ...repeats.map((_, i) => figures(`Run ${i + 1}`)),
      figures('(greatest − least) / mean'),
    ],
    rows,
  };
}

function spreadOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return known.length < 2 || mean === 0 ? null : (Math.max(...known) - Math.min(...known)) / mean;
}
