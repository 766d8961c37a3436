import type { Report } from '#report/definition/report.ts';
import { differenceOf, type Prediction, unseenPredictions } from '#report/prediction/predictions.ts';
import { formatCount, formatMs, formatShare } from '../figures.ts';
import { figures, words } from '../table.ts';
import type { Figure } from './section.ts';

/** A prediction with a measured figure above 0. */
export type PredictionPair = Prediction & {
  /** Name of the phase, capitalized: `Drain of 5 minutes, warm batch`. */
  readonly run: string;
  /** (predicted − measured) ÷ measured: 0.1 is 10 % too much. */
  readonly difference: number;
};

/** Null where there is nothing to compare. */
export function predictionsFigure(report: Report): Figure | null {
  const pairs = predictionPairs(report);
  if (pairs.length === 0) return null;
  return {
    id: 'predictions',
    finding: findingOf(pairs),
    howToRead:
      'Each row is a run with its path alone. A symbol left of the middle line: the model predicts less than was measured; right of it: more. ' +
      'Filled: CPU of the functions; hollow: rows written. Each prediction is by a model that was fitted to everything but that run.',
    table: {
      caption: 'Predicted beside measured',
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
    },
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
