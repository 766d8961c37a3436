import * as Plot from '@observablehq/plot';
import type { Path } from '#functions/contract.ts';
import type { WindowVerdict } from '#model/verdict/verdict.ts';
import type { CaseView } from '#report/page/own-case/evaluate-case.ts';
import { batchBandOf } from '#report/page/sections/cost.ts';
import { formatSpan } from '#text/format-span.ts';
import {
  axisX,
  type Chart,
  drawSvg,
  formatTick,
  GRID,
  heightFor,
  linearAxisUsd,
  NOTHING,
  SERIES,
  windowRange,
  windowTicks,
} from './chart.ts';
import { marginForNames, nameLines } from './name-lines.ts';

const MARGIN_TOP = 30;
const MARGIN_BOTTOM = 42;

type Side = 'stream' | 'batch';

/** Cost of both paths over window size, with the crossing and its error. */
export function costChart({ verdict, curve }: CaseView): Chart {
  const [first, last] = windowRange(curve);
  const { thresholdSeconds, streamAgainSeconds, earliestSeconds, latestSeconds } = verdict;
  const crossing = thresholdSeconds !== null && thresholdSeconds > first ? [thresholdSeconds] : [];
  const crossings = [
    ...crossing.map((seconds) => ({ seconds, text: `batch from ${formatSpan(seconds)}` })),
    ...(streamAgainSeconds === null
      ? []
      : [{ seconds: streamAgainSeconds, text: `stream from ${formatSpan(streamAgainSeconds)}` }]),
  ];
  const field =
    earliestSeconds === null || crossing.length === 0
      ? []
      : [{ from: Math.max(first, earliestSeconds), to: latestSeconds ?? last }];
  const drawn = curve.flatMap(({ stream, batch }) => [stream, batch].filter(({ possible }) => possible));
  if (drawn.length === 0) return NOTHING;
  const most = 1.12 * Math.max(1, ...drawn.map(({ objectiveUsd }) => objectiveUsd));
  const comparable = (each: WindowVerdict): boolean => each.stream.possible && each.batch.possible;
  return (width) => {
    const height = heightFor(width, 300, 420);
    const heightOf = (usd: number): number => MARGIN_TOP + (height - MARGIN_TOP - MARGIN_BOTTOM) * (1 - usd / most);
    return [
      {
        title: null,
        svg: drawSvg({
          width,
          height,
          marginLeft: 58,
          marginBottom: MARGIN_BOTTOM,
          marginTop: MARGIN_TOP,
          marginRight: marginForNames(width, 92),
          x: { type: 'log', domain: [first, last] },
          y: { domain: [0, most] },
          marks: [
            Plot.rectX(field, { x1: 'from', x2: 'to', fill: 'var(--ink)', fillOpacity: 0.07 }),
            Plot.gridY({ ...GRID, ticks: 5 }),
            linearAxisUsd(verdict.freshnessUsd > 0 ? 'USD a month, mean delay at its value' : 'USD a month'),
            axisX(windowTicks(width), 'window', formatTick),
            Plot.areaY(curve, {
              x: 'windowSeconds',
              y1: (each: WindowVerdict) => (comparable(each) ? Math.max(0, batchBandOf(each).lowUsd) : Number.NaN),
              y2: (each: WindowVerdict) => (comparable(each) ? Math.min(most, batchBandOf(each).highUsd) : Number.NaN),
              fill: SERIES.scheduledBatch.fill,
              fillOpacity: 0.16,
            }),
            ...pathMarks('microBatch', curve, 'stream'),
            ...pathMarks('scheduledBatch', curve, 'batch'),
            Plot.ruleX(crossings, { x: 'seconds', stroke: 'var(--ink)', strokeWidth: 1.5 }),
            ...crossings.map(({ seconds, text }) =>
              Plot.text([seconds], {
                x: (at: number) => at,
                text: () => text,
                frameAnchor: 'top',
                lineAnchor: 'bottom',
                textAnchor: anchorFor(seconds, first, last),
                dy: -6,
                fill: 'var(--ink)',
                fontWeight: 600,
              }),
            ),
            ...nameLines(
              [lineOf('streaming', 'microBatch', curve, 'stream'), lineOf('batch', 'scheduledBatch', curve, 'batch')],
              width,
              heightOf,
            ),
          ],
        }),
      },
    ];
  };
}

function lineOf(name: string, series: Path, curve: readonly WindowVerdict[], side: Side) {
  return {
    name,
    colour: SERIES[series].fill,
    points: curve.map((window) => ({
      x: window.windowSeconds,
      y: window[side].possible ? window[side].objectiveUsd : null,
    })),
  };
}

function pathMarks(name: Path, curve: readonly WindowVerdict[], side: Side): Plot.Markish[] {
  const { stroke, fill, dash, symbol } = SERIES[name];
  const x = 'windowSeconds';
  const y = (window: WindowVerdict): number => window[side].objectiveUsd;
  const possible = (window: WindowVerdict): number => (window[side].possible ? y(window) : Number.NaN);
  return [
    Plot.line(curve, { x, y: possible, stroke, strokeWidth: 2, ...(dash === null ? {} : { strokeDasharray: dash }) }),
    Plot.dot(
      curve.filter((window) => window[side].possible),
      { x, y, fill, symbol, r: 3 },
    ),
  ];
}

/** Anchor that keeps a label near an end of the axis inside the chart. */
function anchorFor(at: number, first: number, last: number): 'start' | 'middle' | 'end' {
  const place = Math.log(at / first) / Math.log(last / first);
  return place < 0.2 ? 'start' : place > 0.8 ? 'end' : 'middle';
}
