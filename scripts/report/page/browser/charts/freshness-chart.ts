import * as Plot from '@observablehq/plot';
import { BOTH_PATHS, type Path } from '#functions/contract.ts';
import type { Report } from '#report/definition/report.ts';
import { axisX, type Chart, drawSvg, formatTick, GRID, HALO, heightFor, SERIES, spanTicks } from './chart.ts';

type Point = { readonly seconds: number; readonly share: number };

/** A logarithmic scale has no place for 0, and clocks no meaning below this. */
const LEAST_SECONDS = 0.001;
const MARKED = [0.5, 0.95, 0.99];

/** The share of the events that was counted within a time, for each path. */
export function freshnessChart({ paths }: Pick<Report, 'paths'>): Chart {
  const drawn = BOTH_PATHS.map((name) => ({ name, points: pointsOf(paths[name].freshnessCdf) })).filter(
    ({ points }) => points.length > 0,
  );
  const seconds = drawn.flatMap(({ points }) => points.map((point) => point.seconds));
  const domain = [Math.min(...seconds) / 1.3, Math.max(...seconds) * 1.3] as const;
  return (width) => [
    {
      title: null,
      svg: drawSvg({
        width,
        height: heightFor(width, 260, 360),
        marginLeft: 46,
        marginBottom: 42,
        marginTop: 16,
        marginRight: 14,
        x: { type: 'log', domain: [...domain] },
        y: { domain: [0, 1] },
        marks: [
          Plot.gridY({ ...GRID, ticks: 5 }),
          Plot.gridX(spanTicks(domain), { ...GRID }),
          axisX(spanTicks(domain), 'counted within', formatTick),
          Plot.axisY({
            ticks: 5,
            tickFormat: (share: number) => `${Math.round(share * 100)} %`,
            tickSize: 0,
            label: null,
          }),
          ...drawn.flatMap(({ name, points }) => seriesMarks(name, points, width)),
        ],
      }),
    },
  ];
}

function seriesMarks(name: Path, points: readonly Point[], width: number): Plot.Markish[] {
  const { stroke, fill, dash, symbol } = SERIES[name];
  const label = width < 500 ? SERIES[name].name.replace(/[- ](?=\w+$)/, '\n') : SERIES[name].name;
  const marked = MARKED.map((share) => points[Math.round(share * 100)]).filter((point) => point !== undefined);
  // The names have different heights, so that they do not overlap if the lines are close.
  const middle = points[Math.round(points.length * (name === 'microBatch' ? 0.62 : 0.12))];
  return [
    Plot.line(points, {
      x: 'seconds',
      y: 'share',
      stroke,
      strokeWidth: 2,
      ...(dash === null ? {} : { strokeDasharray: dash }),
    }),
    Plot.dot(marked, { x: 'seconds', y: 'share', fill, symbol, r: 4.5 }),
    Plot.text(middle === undefined ? [] : [middle], {
      x: 'seconds',
      y: 'share',
      text: () => label,
      fill,
      fontWeight: 600,
      textAnchor: 'end',
      dx: -10,
      ...HALO,
    }),
  ];
}

function pointsOf(cdf: readonly number[]): Point[] {
  return cdf.map((ms, i) => ({
    seconds: Math.max(LEAST_SECONDS, ms / 1_000),
    share: cdf.length < 2 ? 1 : i / (cdf.length - 1),
  }));
}
