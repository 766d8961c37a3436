import { BOTH_PATHS, PATHS, type Path } from '#functions/contract.ts';
import type { FitError } from '#model/fit/fit-error.ts';
import type { TimeFit } from '#model/fit/fitted-model.ts';
import type { ModelReport } from '../definition/report.ts';
import { formatCount, formatMs, formatNumber, formatShare, NONE } from '../words/figures.ts';
import { figures, type Section, sentences, words } from './section.ts';

/** Columns of the fit for a terminal, which shows no parts. */
export const FIT_COLUMNS = ['Path', 'Invocations', 'Events each'];

/** The parts of an invocation's CPU. */
export function fitSection({ fits }: Pick<ModelReport, 'fits'>): Section {
  return {
    heading: 'CPU of an invocation, as fitted',
    columns: [
      words('Path'),
      ...['An invocation', 'an event', 'a record', 'a row inserted', 'a row updated'].map(figures),
      ...['Invocations', 'Events each'].map(figures),
      sentences('Fitted'),
    ],
    rows: BOTH_PATHS.map((path) => {
      const { cpu, whyNot } = fits[path];
      return [
        PATHS[path].name,
        ...partCells(cpu),
        formatCount(cpu?.samples ?? 0),
        cpu === null ? NONE : cpu.ranges.events.map((events) => formatCount(events)).join('–'),
        cpu === null ? `not fitted: ${whyNot ?? 'no samples'}` : '✓ yes',
      ];
    }),
    howToRead:
      'The model adds up the CPU of an invocation from parts. The parts are fitted to invocations that ran while the other path was off.',
  };
}

function partCells(cpu: TimeFit | null): string[] {
  const micros = (ms: number | undefined): string => (ms === undefined ? NONE : `${formatNumber(ms * 1_000)} µs`);
  return [
    formatMs(cpu?.ms),
    ...[cpu?.msPerEvent, cpu?.msPerRecord, cpu?.msPerFreshRow, cpu?.msPerUpdatedRow].map(micros),
  ];
}

type Errors = Pick<ModelReport, 'fits'> & Partial<Pick<ModelReport, 'live' | 'liveWhole'>>;

/** Error of the model on invocations that it was not fitted to. Rows without an error are left out. */
export function errorsSection({ fits, live, liveWhole }: Errors): Section {
  const rows = BOTH_PATHS.flatMap((path) => [
    ...errorRow(path, 'CPU, held out', fits[path].cpu?.heldOut),
    ...errorRow(path, 'CPU, live run, second half', live?.[path]),
    ...errorRow(path, 'CPU, live run, whole', liveWhole?.[path]),
    ...errorRow(path, 'rows, by the keys', fits[path].rows),
  ]);
  if (rows.length === 0) return { heading: 'Error of the model', finding: 'Nothing was fitted, so no error is known.' };
  return {
    heading: 'Error of the model',
    columns: [words('Path'), words('Of'), ...['Median', 'p95', 'In total', 'Invocations'].map(figures)],
    rows,
    howToRead:
      'Error: on invocations that the model was not fitted to. Held out: predicted by a fit to the other two thirds. Live run: both paths ' +
      'ran; in its first half much code is not compiled yet. In total: error of the sum.',
  };
}

function errorRow(path: Path, of: string, error: FitError | null | undefined): string[][] {
  if (error === null || error === undefined) return [];
  const { median, p95, total, count } = error;
  return [[PATHS[path].name, of, ...[median, p95, total].map(formatShare), formatCount(count)]];
}
