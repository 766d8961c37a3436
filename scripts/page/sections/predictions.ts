import type { Report } from '../../report/report.ts';
import { formatSpan } from '../../text/format-span.ts';
import { formatCount, formatMs, formatShare } from '../figures.ts';
import { figures, words } from '../table.ts';
import type { Figure } from './section.ts';

/** Something measured beside the model's word on the same. */
export type PredictionPair = {
  /** What was run: `Drain of 5 minutes, warm batch`. */
  readonly run: string;
  readonly path: 'micro-batch' | 'scheduled-batch';
  readonly what: 'CPU' | 'rows written';
  readonly measured: number;
  readonly predicted: number;
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
        sayError(errorOfPair(pair)),
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

function pairsOf(run: string, path: PredictionPair['path'], measured: Sums, predicted: Sums): PredictionPair[] {
  return [
    { run, path, what: 'CPU' as const, measured: measured.cpuMs, predicted: predicted.cpuMs },
    { run, path, what: 'rows written' as const, measured: measured.rowsWritten, predicted: predicted.rowsWritten },
  ].filter((pair) => pair.measured > 0);
}

/** By how much the prediction is off, as a share of what was measured: 0.1 is 10 % too much. */
export function errorOfPair({ measured, predicted }: PredictionPair): number {
  return predicted / measured - 1;
}

function findingOf(pairs: readonly PredictionPair[]): string {
  const worst = (what: PredictionPair['what']): string | null => {
    const errors = pairs.filter((pair) => pair.what === what).map((pair) => Math.abs(errorOfPair(pair)));
    return errors.length === 0 ? null : `${formatShare(Math.max(...errors))} for ${what}`;
  };
  return `Predictions were off by at most ${[worst('CPU'), worst('rows written')].filter((each) => each !== null).join(' and ')}.`;
}

function sayMeasure({ what }: PredictionPair, value: number): string {
  return what === 'CPU' ? formatMs(value) : formatCount(value);
}

function sayError(share: number): string {
  return share > 0 ? `+${formatShare(share)}` : formatShare(share);
}
