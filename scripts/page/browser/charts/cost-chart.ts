import * as Plot from '@observablehq/plot';
import { formatSpan } from '../../../verdict/format-span.ts';
import type { WindowVerdict } from '../../../verdict/window-verdict.ts';
import type { CaseView } from '../../own-case/evaluate-case.ts';
import { bandOf } from '../../sections/cost.ts';
import { axisX, type Chart, drawSvg, GRID, heightFor, SERIES, type SeriesName } from './chart.ts';
import { marginForNames, nameLines } from './name-lines.ts';
import { formatTick, windowTicks } from './time-ticks.ts';

const MARGIN_TOP = 30;
const MARGIN_BOTTOM = 42;

type Side = 'stream' | 'batch';

/** What both paths cost over window size, with the crossing and how sure it is. */
export function costChart({ verdict, curve }: CaseView): Chart {
  const first = curve[0]?.windowSeconds ?? 60;
  const last = curve.at(-1)?.windowSeconds ?? 86_400;
  const { thresholdSeconds, earliestSeconds, latestSeconds } = verdict;
  const crossing = thresholdSeconds !== null && thresholdSeconds > first ? [thresholdSeconds] : [];
  const field =
    earliestSeconds === null || crossing.length === 0
      ? []
      : [{ from: Math.max(first, earliestSeconds), to: latestSeconds ?? last }];
  const most = 1.12 * Math.max(...curve.flatMap((each) => [each.stream.objectiveUsd, each.batch.objectiveUsd]));
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
            Plot.axisY({
              ticks: 5,
              tickSize: 0,
              tickFormat: (usd: number) => `$${usd.toLocaleString('en-US')}`,
              label: verdict.freshnessUsd > 0 ? 'USD a month, mean delay at its value' : 'USD a month',
              labelArrow: 'none',
            }),
            axisX(windowTicks(width), 'window', formatTick),
            Plot.areaY(curve, {
              x: 'windowSeconds',
              y1: (each: WindowVerdict) => Math.max(0, bandOf(each).lowUsd),
              y2: (each: WindowVerdict) => Math.min(most, bandOf(each).highUsd),
              fill: SERIES.scheduledBatch.fill,
              fillOpacity: 0.16,
            }),
            ...pathMarks('microBatch', curve, 'stream'),
            ...pathMarks('scheduledBatch', curve, 'batch'),
            Plot.ruleX(crossing, { stroke: 'var(--ink)', strokeWidth: 1.5 }),
            Plot.text(crossing, {
              x: (seconds: number) => seconds,
              text: (seconds: number) => `batch from ${formatSpan(seconds)}`,
              frameAnchor: 'top',
              lineAnchor: 'bottom',
              textAnchor: anchorFor(crossing[0] ?? first, first, last),
              dy: -6,
              fill: 'var(--ink)',
              fontWeight: 600,
            }),
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

function lineOf(name: string, series: SeriesName, curve: readonly WindowVerdict[], side: Side) {
  return {
    name,
    colour: SERIES[series].fill,
    points: curve.map((window) => ({ x: window.windowSeconds, y: window[side].objectiveUsd })),
  };
}

function pathMarks(name: SeriesName, curve: readonly WindowVerdict[], side: Side): Plot.Markish[] {
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
    Plot.dot(
      curve.filter((window) => !window[side].possible),
      { x, y, stroke, strokeWidth: 1.5, symbol: 'times', r: 4 },
    ),
  ];
}

/** A label near an end of the axis stays inside. */
function anchorFor(at: number, first: number, last: number): 'start' | 'middle' | 'end' {
  const place = Math.log(at / first) / Math.log(last / first);
  return place < 0.2 ? 'start' : place > 0.8 ? 'end' : 'middle';
}
