import type { PathName } from '#model/path-name.ts';
import type { Report } from '#report/definition/report.ts';
import { differenceOf } from '#report/prediction/prediction.ts';
import { formatSpan } from '#text/format-span.ts';
import { formatCount, formatMs, formatShare } from '../figures.ts';
import { figures, words } from '../table.ts';
import type { Figure } from './section.ts';

/** Something measured beside the model's word on the same. */
export type PredictionPair = {
  /** What was run: `Drain of 5 minutes, warm batch`. */
  readonly run: string;
  readonly path: PathName;
  readonly what: 'CPU' | 'rows written';
  readonly measured: number;
  readonly predicted: number;
  /** By how much the prediction lies above what was measured, as its share: 0.1 is 10 % too much. */
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
        pair.what,
        sayMeasure(pair, pair.measured),
        sayMeasure(pair, pair.predicted),
        sayDifference(pair.difference),
      ]),
    },
  };
}

type Sums = { readonly cpuMs: number; readonly rowsWritten: number };

export function predictionPairs({
  drains,
  batchingWindows,
}: Pick<Report, 'drains' | 'batchingWindows'>): PredictionPair[] {
  return [
    ...drains.flatMap(({ windowMs, cold, warm, catchUp }) => {
      const drain = `Drain of ${formatSpan(windowMs / 1_000)}`;
      return [
        ...(cold === null ? [] : pairsOf(`${drain}, cold batch`, 'scheduled-batch', cold, cold.predicted)),
        ...pairsOf(`${drain}, warm batch`, 'scheduled-batch', warm, warm.predicted),
        ...pairsOf(`${drain}, catch-up`, 'micro-batch', catchUp, catchUp.predicted),
      ];
    }),
    ...batchingWindows.flatMap(({ batchingWindowSeconds, path, predicted }) =>
      pairsOf(`Batching window ${formatSpan(batchingWindowSeconds)}`, 'micro-batch', path, predicted),
    ),
  ];
}

/** Without what nothing was measured of. */
function pairsOf(run: string, path: PredictionPair['path'], measured: Sums, predicted: Sums): PredictionPair[] {
  return [
    { run, path, what: 'CPU' as const, measured: measured.cpuMs, predicted: predicted.cpuMs },
    { run, path, what: 'rows written' as const, measured: measured.rowsWritten, predicted: predicted.rowsWritten },
  ].flatMap((pair) => {
    const difference = differenceOf(pair);
    return difference === null ? [] : [{ ...pair, difference }];
  });
}

function findingOf(pairs: readonly PredictionPair[]): string {
  const worst = (what: PredictionPair['what']): string | null => {
    const apart = pairs.filter((pair) => pair.what === what).map(({ difference }) => Math.abs(difference));
    return apart.length === 0 ? null : `${formatShare(Math.max(...apart))} for ${what}`;
  };
  return `Predictions were off by at most ${[worst('CPU'), worst('rows written')].filter((each) => each !== null).join(' and ')}.`;
}

function sayMeasure({ what }: PredictionPair, value: number): string {
  return what === 'CPU' ? formatMs(value) : formatCount(value);
}

function sayDifference(share: number): string {
  return share > 0 ? `+${formatShare(share)}` : formatShare(share);
}
