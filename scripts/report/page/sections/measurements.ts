import { BOTH_PATHS, PATHS } from '#functions/contract.ts';
import {
  detailsElement,
  exportHtml,
  type Heading,
  measured,
  nothingToShow,
  partElement,
  tableElement,
} from '#report/page/export-html.ts';
import { batchingWindowsSection, drainsSection, pathsSection } from '#report/sections/measured.ts';
import { errorsSection, fitSection } from '#report/sections/model-fit.ts';
import type { PathFigures, Report } from '../../definition/report.ts';
import { differenceOf, type Prediction, unseenPredictions } from '../../prediction/predictions.ts';
import { type Figure, figures, type Section, words } from '../../sections/section.ts';
import { formatCount, formatMs, formatNumber, formatShare } from '../../words/figures.ts';
import { type Content, type Element, element } from '../element.ts';

export const MEASUREMENTS: Heading = {
  id: 'measurements',
  title: 'Measurements, and how well the model predicts them',
};

export function measurementsSection(report: Report): Element {
  return partElement(
    MEASUREMENTS,
    ...predictions(report),
    element('h3', {}, 'Drains'),
    exportHtml(drainsSection(report)),
    element('h3', {}, 'Batching windows'),
    exportHtml(batchingWindowsSection(report)),
    element('h3', {}, 'Both paths in the live run'),
    detailsElement('Table', exportHtml(pathsSection(report))),
    element('h3', {}, 'Repeats of the live run'),
    ...repeats(report),
    element('h3', {}, 'The model’s fit'),
    exportHtml(fitSection(report.model)),
    exportHtml(errorsSection(report.model)),
    ...notMeasured(report),
  );
}

function predictions(report: Report): Content[] {
  const figure = predictionsFigure(report);
  if (figure === null) {
    return [
      nothingToShow('No drain and no batching window was measured, so the model is compared with the live run only.'),
    ];
  }
  return [
    exportHtml(figure, element('p', { class: 'case' }, ...measured(report), ', beside the prediction of the model')),
  ];
}

function repeats({ repeats, target }: Report): Content[] {
  if (repeats.length < 2) {
    return [nothingToShow('The live run was measured once, so its variation from run to run is not known.')];
  }
  return [tableElement(repeatsTable(repeats, target))];
}

function notMeasured({ notMeasured }: Report): Content[] {
  if (notMeasured.length === 0) return [];
  return [
    element('h3', {}, 'Asked for and not measured'),
    element('ul', {}, ...notMeasured.map(({ what, why }) => element('li', {}, `${what}: ${why}`))),
  ];
}

/** A prediction with a measured figure above 0. */
export type PredictionPair = Prediction & {
  /** Name of the phase, capitalized: `Drain of 5 minutes, warm batch`. */
  readonly run: string;
  /** (predicted − measured) ÷ measured; 0.1: the prediction is 10 % too high. */
  readonly difference: number;
};

/** Null if there is nothing to compare. */
export function predictionsFigure(report: Pick<Report, 'drains' | 'batchingWindows'>): Figure | null {
  const pairs = predictionPairs(report);
  if (pairs.length === 0) return null;
  return {
    chart: 'predictions',
    finding: findingOf(pairs),
    howToRead:
      'Each row is a run of one path alone. A symbol left of the middle line means that the model predicts less than was measured; right of it, more. ' +
      'Filled: CPU of the functions; hollow: rows written. Each prediction is by a model that was fitted to all other runs.',
    heading: 'Predicted beside measured',
    columns: [
      words('Run'),
      words('Path'),
      words('Figure'),
      figures('Measured'),
      figures('Predicted'),
      figures('Predicted − measured'),
    ],
    rows: pairs.map((pair) => [
      pair.run,
      pair.path,
      pair.figure,
      sayMeasure(pair, pair.measured),
      sayMeasure(pair, pair.predicted),
      sayDifference(pair.difference),
    ]),
  };
}

export function predictionPairs(report: Pick<Report, 'drains' | 'batchingWindows'>): PredictionPair[] {
  return unseenPredictions(report).flatMap((prediction) => {
    const difference = differenceOf(prediction);
    if (difference === null) return [];
    const run = `${prediction.of.charAt(0).toUpperCase()}${prediction.of.slice(1)}`;
    return [{ ...prediction, run, difference }];
  });
}

function findingOf(pairs: readonly PredictionPair[]): string {
  const worst = (figure: 'CPU' | 'rows written'): string | null => {
    const apart = pairs.filter((pair) => pair.figure === figure).map(({ difference }) => Math.abs(difference));
    return apart.length === 0 ? null : `${formatShare(Math.max(...apart))} for ${figure}`;
  };
  return `Predictions were off by at most ${[worst('CPU'), worst('rows written')].filter((each) => each !== null).join(' and ')}.`;
}

function sayMeasure({ unit }: PredictionPair, value: number): string {
  return unit === 'ms CPU' ? formatMs(value) : formatCount(value);
}

function sayDifference(share: number): string {
  return share > 0 ? `+${formatShare(share)}` : formatShare(share);
}

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

/** Each figure over the repeats, with the distance between its least and greatest value. */
function repeatsTable(repeats: Report['repeats'], target: Report['target']): Section {
  const rows = BOTH_PATHS.flatMap((path) =>
    MEASURES.map(({ label, of, say }) => {
      const values = repeats.map(({ paths }) => of(paths[path]));
      return [label, PATHS[path].name, ...values.map(say), formatShare(spreadOf(values))];
    }),
  );
  return {
    heading: `The live run ${repeats.length} times with the same options, measured on the ${target.name} target`,
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
