import { BOTH_PATHS, PATHS } from '#functions/contract.ts';
import type { FitError } from '#model/fit/fit-error.ts';
import type { PathFit, TimeFit } from '#model/fit/fitted-model.ts';
import { formatCount } from '#text/format-count.ts';
import { formatPercent } from '#text/format-percent.ts';
import { renderTable } from '#text/render-table.ts';
import type { ModelReport } from '../definition/report.ts';

const NONE = '–';

/** What each path's CPU was fitted to, and how far the fit and the key model are off on what they had not seen. */
export function renderFits({ fits }: Pick<ModelReport, 'fits'>): string {
  const heads = [
    'CPU of the model, by path',
    'fitted to',
    'events each',
    'error: median',
    'p95',
    'all together',
    'of',
    'rows: median',
    'p95',
    'of',
  ];
  const columns = heads.map((head, index) => ({ head, align: index === 0 ? ('left' as const) : ('right' as const) }));
  return [
    renderTable(
      columns,
      BOTH_PATHS.map((path) => [PATHS[path].name, ...cellsOf(fits[path])]),
    ),
    'error: on invocations that a fit had not seen; rows: expected of the keys beside those that were written',
  ].join('\n');
}

function cellsOf({ cpu, rows }: PathFit): string[] {
  return [
    ...cpuCells(cpu),
    ...(rows === null
      ? [NONE, NONE, '0']
      : [formatPercent(rows.median), formatPercent(rows.p95), formatCount(rows.count)]),
  ];
}

function cpuCells(cpu: TimeFit | null): string[] {
  if (cpu === null) return ['nothing', NONE, NONE, NONE, NONE, '0'];
  const { heldOut, samples, ranges } = cpu;
  const events = ranges.events.map(formatCount).join('–');
  return [formatCount(samples), events, ...errorCells(heldOut)];
}

function errorCells({ median, p95, total, count: of }: FitError): string[] {
  return [formatPercent(median), formatPercent(p95), formatPercent(total), formatCount(of)];
}
