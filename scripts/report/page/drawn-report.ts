import type { Report } from '#report/definition/report.ts';

const PARTS = [
  'experiment',
  'target',
  'settings',
  'load',
  'paths',
  'timeline',
  'faults',
  'drains',
  'batchingWindows',
  'model',
  'prices',
  'scenario',
] as const;

/** The parts of a report that the page's script draws charts and decides cases from; the page has the others as text. */
export type DrawnReport = Pick<Report, (typeof PARTS)[number]>;

export function pickDrawn(report: Report): DrawnReport {
  return Object.fromEntries(PARTS.map((name) => [name, report[name]])) as DrawnReport;
}
