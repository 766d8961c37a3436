import * as Plot from '@observablehq/plot';
import { BOTH_PATHS, type Path } from '#functions/contract.ts';
import type { DrawnReport } from '#report/page/drawn-report.ts';
import { type Moment, momentsOf } from '#report/page/sections/timeline.ts';
import { axisCount, type Chart, drawSvg, GRID, type Panel, SERIES, scaleTo } from './chart.ts';
import { nameRisingLines, type Place } from './name-lines.ts';

type Point = { readonly seconds: number; readonly events: number };
type Counted = { readonly name: Path; readonly points: readonly Point[] };
type LagPoint = Point & { readonly shard: number };

const EVENTS_HEIGHT = 240;
const MARGIN_BOTTOM = 26;

/** The live run over time: events, lag, cold starts and kills, all on one time scale. */
export function timelineChart(report: DrawnReport): Chart {
  const moments = momentsOf(report);
  const times = [...report.timeline.map(({ atMs }) => atMs / 1_000), ...moments.map(({ atMs }) => atMs / 1_000)];
  const domain: [number, number] = [Math.min(0, ...times), Math.max(...times)];
  return (width) => {
    // Symbols at the start stand clear of the axis.
    const x = { domain, label: null, insetLeft: 8 } as const;
    return [
      eventsPanel(report, x, width),
      ...BOTH_PATHS.filter((name) => report.timeline.some((point) => point[name] !== null)).map((name) =>
        lagPanel(report, name, x, width),
      ),
      ...(moments.length === 0 ? [] : [momentsPanel(moments, x, width)]),
    ];
  };
}

const COUNT_AXIS = { ticks: 4, tickSize: 0, tickFormat: axisCount, label: null } as const;

function eventsPanel({ timeline }: DrawnReport, x: TimeScale, width: number): Panel {
  const sent = timeline.map(({ atMs, sent: events }) => ({ seconds: atMs / 1_000, events }));
  const counted = (name: Path): Point[] =>
    timeline.flatMap((point) => {
      const path = point[name];
      return path === null ? [] : [{ seconds: point.atMs / 1_000, events: path.counted }];
    });
  const lines = BOTH_PATHS.map((name) => ({ name, points: counted(name) }));
  const most = Math.max(1, ...sent.map(({ events }) => events));
  return {
    title: 'Events sent (grey) and counted',
    svg: drawSvg({
      width,
      height: EVENTS_HEIGHT,
      ...MARGINS,
      marginBottom: MARGIN_BOTTOM,
      x,
      y: { domain: [0, most] },
      marks: [
        Plot.gridY({ ...GRID, ticks: 4 }),
        Plot.axisY(COUNT_AXIS),
        Plot.axisX(TIME_AXIS),
        Plot.line(sent, {
          x: 'seconds',
          y: 'events',
          stroke: 'var(--line-strong)',
          strokeWidth: 5,
          strokeOpacity: 0.45,
        }),
        ...lines.map(({ name, points }) =>
          Plot.line(points, {
            x: 'seconds',
            y: 'events',
            stroke: SERIES[name].stroke,
            strokeWidth: 2,
            curve: name === 'microBatch' ? 'linear' : 'step-after',
            ...dashOf(name),
          }),
        ),
        ...nameMarks(lines, sent, x, most, width),
      ],
    }),
  };
}

/** A long name runs out of a narrow chart beside the middle of its line. */
function nameMarks(
  lines: readonly Counted[],
  sent: readonly Point[],
  { domain, insetLeft }: TimeScale,
  most: number,
  width: number,
): Plot.Markish[] {
  const { marginLeft, marginTop, marginRight } = MARGINS;
  const bottom = EVENTS_HEIGHT - MARGIN_BOTTOM;
  const x = scaleTo(domain, [marginLeft + insetLeft, width - marginRight]);
  const y = scaleTo([0, most], [bottom, marginTop]);
  const place = ({ seconds, events }: Point): Place => ({ x: x(seconds), y: y(events) });
  return nameRisingLines(
    lines.map(({ name, points }) => ({
      name: width < 500 ? SERIES[name].name.replace(' path', '') : SERIES[name].name,
      colour: SERIES[name].fill,
      // The batch counts last, so its line is the lower one.
      side: name === 'microBatch' ? 'above' : 'below',
      places: points.map(place),
    })),
    [sent.map(place)],
    { left: marginLeft, right: width, top: 0, bottom },
  );
}

function lagPanel({ timeline }: DrawnReport, name: Path, x: TimeScale, width: number): Panel {
  const points = timeline.flatMap((point): LagPoint[] =>
    (point[name]?.lag ?? []).map((events, shard) => ({ seconds: point.atMs / 1_000, events, shard })),
  );
  return {
    title: `Lag per shard, ${SERIES[name].name}: events sent and not counted yet`,
    svg: drawSvg({
      width,
      height: 120,
      ...MARGINS,
      marginBottom: MARGIN_BOTTOM,
      x,
      y: { domain: [0, Math.max(1, ...points.map(({ events }) => events))], nice: true },
      marks: [
        Plot.gridY({ ...GRID, ticks: 3 }),
        Plot.axisY({ ...COUNT_AXIS, ticks: 3 }),
        Plot.axisX(TIME_AXIS),
        Plot.line(points, {
          x: 'seconds',
          y: 'events',
          z: 'shard',
          stroke: SERIES[name].stroke,
          strokeWidth: 1.25,
          ...dashOf(name),
        }),
      ],
    }),
  };
}

function dashOf(name: Path): { readonly strokeDasharray?: string } {
  const { dash } = SERIES[name];
  return dash === null ? {} : { strokeDasharray: dash };
}

/** Cold starts and killed environments, a row for each path. */
function momentsPanel(moments: readonly Moment[], x: TimeScale, width: number): Panel {
  const rows = BOTH_PATHS.filter((path) => moments.some((moment) => moment.path === path)).map((path) =>
    rowOf({ path }),
  );
  return {
    title: 'Cold starts (triangles) and environments killed (crosses)',
    svg: drawSvg({
      width,
      height: 34 + rows.length * 24,
      ...MARGINS,
      marginTop: 4,
      marginBottom: 26,
      x,
      y: { type: 'band', domain: rows, label: null },
      marks: [
        Plot.ruleY(rows, { ...GRID }),
        Plot.axisY({ tickSize: 0, label: null }),
        Plot.axisX(TIME_AXIS),
        ...(['cold start', 'killed'] as const).map((kind) =>
          Plot.dot(
            moments.filter((moment) => moment.kind === kind),
            {
              x: ({ atMs }: Moment) => atMs / 1_000,
              y: rowOf,
              symbol: kind === 'killed' ? 'times' : 'triangle',
              stroke: ({ path }: Moment) => SERIES[path].stroke,
              fill: kind === 'killed' ? 'none' : ({ path }: Moment) => SERIES[path].fill,
              strokeWidth: 1.75,
              r: 5,
            },
          ),
        ),
      ],
      color: { type: 'identity' },
    }),
  };
}

function rowOf({ path }: Pick<Moment, 'path'>): string {
  return path === 'microBatch' ? 'micro' : 'batch';
}

/** Margins and axis that the timeline's panels share, so that a moment has the same place in all of them; seconds. */
type TimeScale = { readonly domain: [number, number]; readonly label: null; readonly insetLeft: number };

const MARGINS = { marginLeft: 62, marginTop: 16, marginRight: 18 };

const TIME_AXIS = { tickSize: 0, tickFormat: (seconds: number) => `${seconds} s`, label: null } as const;
