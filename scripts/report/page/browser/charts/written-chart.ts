import * as Plot from '@observablehq/plot';
import { BOTH_PATHS } from '#functions/contract.ts';
import type { Choice } from '#model/verdict/choice.ts';
import type { WindowVerdict } from '#model/verdict/verdict.ts';
import type { CaseView } from '#report/page/own-case/evaluate-case.ts';
import { formatNumber } from '#report/words/figures.ts';
import {
  axisX,
  axisY,
  type Chart,
  drawSvg,
  formatTick,
  GRID,
  NOTHING,
  type Panel,
  roundTicks,
  SERIES,
  windowRange,
  windowTicks,
} from './chart.ts';
import { type LinePoint, marginForNames, nameLines } from './name-lines.ts';

type Measure = (choice: Choice) => number;

const HEIGHT = 230;
const MARGIN_TOP = 16;
const MARGIN_BOTTOM = 42;

/** Keys held and rows written by each path over window size, both on logarithmic scales. */
export function writtenChart({ curve }: CaseView): Chart {
  if (!curve.some(({ stream, batch }) => stream.possible || batch.possible)) return NOTHING;
  return (width) => [
    panel('Keys held by one invocation, at most', curve, ({ heldKeys }) => heldKeys, width),
    panel('Rows written per final row', curve, ({ rowsWrittenPerFinalRow }) => rowsWrittenPerFinalRow, width),
  ];
}

function panel(title: string, curve: readonly WindowVerdict[], measure: Measure, width: number): Panel {
  const lines = BOTH_PATHS.map((name) => ({
    series: SERIES[name],
    name: name === 'microBatch' ? 'streaming' : 'batch',
    colour: SERIES[name].fill,
    points: pointsOf(curve, ({ stream, batch }) => (name === 'microBatch' ? stream : batch), measure),
  }));
  const values = lines.flatMap(({ points }) => points.flatMap(({ y }) => (y === null ? [] : [y])));
  const [least, most] = [Math.min(...values) / 1.6, Math.max(...values) * 1.6];
  const ticks = roundTicks(least, most);
  const heightOf = (value: number): number =>
    MARGIN_TOP + (HEIGHT - MARGIN_TOP - MARGIN_BOTTOM) * (1 - Math.log(value / least) / Math.log(most / least));
  return {
    title,
    svg: drawSvg({
      width,
      height: HEIGHT,
      marginLeft: 58,
      marginBottom: MARGIN_BOTTOM,
      marginTop: MARGIN_TOP,
      marginRight: marginForNames(width, 92),
      x: { type: 'log', domain: windowRange(curve) },
      y: { type: 'log', domain: [least, most] },
      marks: [
        Plot.gridY(ticks, { ...GRID }),
        axisY(ticks, null, formatNumber),
        axisX(windowTicks(width), 'window', formatTick),
        ...lines.flatMap(({ series: { stroke, fill, dash, symbol }, points }) => [
          Plot.line(points, {
            x: 'x',
            y: ({ y }: LinePoint) => y ?? Number.NaN,
            stroke,
            strokeWidth: 2,
            ...(dash === null ? {} : { strokeDasharray: dash }),
          }),
          Plot.dot(
            points.filter(({ y }) => y !== null),
            { x: 'x', y: 'y', fill, symbol, r: 3 },
          ),
        ]),
        ...nameLines(lines, width, heightOf),
      ],
    }),
  };
}

/** Interrupted where the path can't work; a logarithmic scale has no place for 0 either. */
function pointsOf(
  curve: readonly WindowVerdict[],
  sideOf: (window: WindowVerdict) => Choice,
  measure: Measure,
): LinePoint[] {
  return curve.map((window) => {
    const choice = sideOf(window);
    const figure = measure(choice);
    return { x: window.windowSeconds, y: choice.possible && figure > 0 ? figure : null };
  });
}
