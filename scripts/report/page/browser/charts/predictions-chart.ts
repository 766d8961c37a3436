import * as Plot from '@observablehq/plot';
import { PATH_BY_NAME } from '#functions/contract.ts';
import type { PredictionPair } from '../../sections/measurements.ts';
import { type Chart, drawSvg, GRID, SERIES } from './chart.ts';

const ROW_HEIGHT = 26;
const LEAST_SHOWN = 0.1;

/** Relative errors of the predictions, run by run, around a line of no error. */
export function predictionsChart(pairs: readonly PredictionPair[]): Chart {
  const runs = [...new Set(pairs.map(({ run }) => run))];
  const most = Math.max(LEAST_SHOWN, ...pairs.map(({ difference }) => Math.abs(difference))) * 1.15;
  return (width) => {
    const isNarrow = width < 500;
    return [
      {
        title: null,
        svg: drawSvg({
          width,
          height: 62 + runs.length * (isNarrow ? ROW_HEIGHT * 1.5 : ROW_HEIGHT),
          marginLeft: isNarrow ? 14 : 210,
          marginTop: 12,
          marginBottom: 42,
          marginRight: 20,
          x: { domain: [-most, most] },
          y: { type: 'band', domain: runs, label: null, axis: null },
          marks: [
            Plot.ruleY(runs, { ...GRID, ...(isNarrow ? { dy: 8 } : {}) }),
            Plot.ruleX([0], { stroke: 'var(--line-strong)', strokeWidth: 1.5 }),
            Plot.axisX({
              ticks: isNarrow ? 3 : 5,
              tickSize: 0,
              tickFormat: (share: number) =>
                `${share > 0 ? '+' : share < 0 ? '−' : ''}${Math.round(Math.abs(share) * 100)} %`,
              label: 'predicted − measured',
              labelArrow: 'none',
              labelAnchor: 'center',
            }),
            isNarrow
              ? Plot.text(runs, {
                  x: () => -most,
                  y: (run: string) => run,
                  text: (run: string) => run,
                  textAnchor: 'start',
                  dy: -7,
                  fill: 'var(--quiet)',
                })
              : Plot.axisY({ tickSize: 0, label: null }),
            ...pairs.map((pair) => {
              const { stroke, symbol } = SERIES[PATH_BY_NAME[pair.path]];
              return Plot.dot([pair], {
                x: 'difference',
                y: 'run',
                symbol,
                stroke,
                strokeWidth: 1.75,
                fill: pair.figure === 'CPU' ? stroke : 'var(--ground)',
                r: 5,
                ...(isNarrow ? { dy: 8 } : {}),
              });
            }),
          ],
        }),
      },
    ];
  };
}
