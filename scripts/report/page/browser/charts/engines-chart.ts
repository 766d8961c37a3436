import * as Plot from '@observablehq/plot';
import type { Path } from '#functions/contract.ts';
import { ENGINES, type EngineName } from '#model/verdict/engines/engine-inputs.ts';
import type { CaseView } from '#report/page/own-case/evaluate-case.ts';
import {
  axisUsd,
  axisX,
  axisY,
  type Chart,
  drawSvg,
  formatTick,
  GRID,
  heightFor,
  roundTicks,
  SERIES,
  windowRange,
  windowTicks,
} from './chart.ts';
import { nameLines } from './name-lines.ts';

type Point = { readonly windowSeconds: number; readonly usd: number; readonly possible: boolean };
type Line = {
  readonly label: string;
  readonly colour: string;
  readonly dash: string | null;
  readonly points: readonly Point[];
};

const LABELS: Readonly<Record<EngineName, string>> = { flink: 'Flink', emr: 'EMR Spark', glue: 'Glue Spark' };
const DASHES: Readonly<Record<EngineName, string>> = { flink: '1 0', emr: '2 4', glue: '10 4 2 4' };
/** The five names are beside the lines' ends at every width, so the lines are named as on a chart this wide, px. */
const NAMES_FROM = 500;
const NAMES_WIDTH = 84;

/** Cost of other engines over window size, beside the two paths. */
export function enginesChart(view: CaseView): Chart {
  const lines = linesOf(view);
  const values = lines.flatMap(({ points }) =>
    points.flatMap(({ usd, possible }) => (possible && usd > 0 ? [usd] : [])),
  );
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const ticks = roundTicks(least / 1.2, most * 1.2);
  return (width) => {
    const height = heightFor(width, 320, 380);
    const [top, bottom] = [16, 42];
    const y = (usd: number): number =>
      height -
      bottom -
      ((height - top - bottom) * Math.log(usd / (least / 1.2))) / Math.log((most * 1.2) / (least / 1.2));
    return [
      {
        title: null,
        svg: drawSvg({
          width,
          height,
          marginLeft: 58,
          marginTop: top,
          marginBottom: bottom,
          marginRight: NAMES_WIDTH,
          x: { type: 'log', domain: windowRange(view.curve) },
          y: { type: 'log', domain: [least / 1.2, most * 1.2] },
          marks: [
            Plot.gridY(ticks, { ...GRID }),
            axisY(ticks, 'USD a month', axisUsd),
            axisX(windowTicks(width - NAMES_WIDTH), 'window', formatTick),
            ...lines.flatMap(lineMarks),
            ...nameLines(lines.map(toNamed), Math.max(width, NAMES_FROM), y),
          ],
        }),
      },
    ];
  };
}

function linesOf({ curve, engines }: CaseView): Line[] {
  const ofPath = (name: Path, side: 'stream' | 'batch', label: string): Line => ({
    label,
    colour: SERIES[name].stroke,
    dash: SERIES[name].dash,
    points: curve.map((window) => ({
      windowSeconds: window.windowSeconds,
      usd: window[side].costUsd,
      possible: window[side].possible,
    })),
  });
  const ofEngine = (engine: EngineName): Line => ({
    label: LABELS[engine],
    colour: 'var(--ink)',
    dash: DASHES[engine],
    points: engines.map(({ windowSeconds, engines: at }) => ({
      windowSeconds,
      usd: at[engine].costUsd,
      possible: at[engine].possible,
    })),
  });
  return [
    ofPath('microBatch', 'stream', 'streaming'),
    ofPath('scheduledBatch', 'batch', 'batch'),
    ...ENGINES.map(ofEngine),
  ];
}

function toNamed({ label, colour, points }: Line) {
  return {
    name: label,
    colour,
    points: points.map(({ windowSeconds, usd, possible }) => ({ x: windowSeconds, y: possible ? usd : null })),
  };
}

function lineMarks({ colour, dash, points }: Line): Plot.Markish[] {
  const x = 'windowSeconds';
  return [
    Plot.line(points, {
      x,
      y: ({ usd, possible }: Point) => (possible ? usd : Number.NaN),
      stroke: colour,
      strokeWidth: 1.75,
      ...(dash === null ? {} : { strokeDasharray: dash }),
    }),
  ];
}
