import * as Plot from '@observablehq/plot';
import { BOTH_PATHS } from '#functions/contract.ts';
import type { Moment } from '#report/page/sections/timeline.ts';
import { drawSvg, GRID, type Panel, SERIES } from './chart.ts';
import { MARGINS, TIME_AXIS, type TimeScale } from './time-scale.ts';

/** Cold starts and killed environments, a row for each path. */
export function momentsPanel(moments: readonly Moment[], x: TimeScale, width: number): Panel {
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
