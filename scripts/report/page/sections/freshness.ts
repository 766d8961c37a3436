import { BOTH_PATHS, PATHS } from '#functions/contract.ts';
import type { Distribution } from '#model/statistics/percentiles.ts';
import type { PathReport, Report } from '#report/definition/report.ts';
import { exportHtml, type Heading, measured, nothingToShow, partElement } from '#report/page/export-html.ts';
import { type Figure, figures, type Section, words } from '#report/sections/section.ts';
import { formatCount, formatMs } from '#report/words/figures.ts';
import type { DrawnReport } from '../drawn-report.ts';
import { type Element, element } from '../element.ts';

export const FRESHNESS: Heading = { id: 'freshness', title: 'How fresh the counts are' };

export function freshnessSection(report: Report): Element {
  const figure = freshnessFigure(report);
  if (figure === null)
    return partElement(FRESHNESS, nothingToShow('Neither path counted an event, so there is no freshness to show.'));
  return partElement(
    FRESHNESS,
    exportHtml(figure, element('p', { class: 'case' }, ...measured(report), ': ', caseOf(report))),
  );
}

/** Null if nothing was counted. */
export function freshnessFigure(report: DrawnReport): Figure | null {
  const { microBatch, scheduledBatch } = report.paths;
  if (microBatch.freshnessMs === null && scheduledBatch.freshnessMs === null) return null;
  return {
    chart: 'freshness',
    finding: findingOf(microBatch.freshnessMs, scheduledBatch.freshnessMs),
    howToRead:
      'Freshness: time from an event’s arrival in the stream to the commit that counted it. A line shows the share of the events that was counted within the time below it. ' +
      'Further left is fresher; a steep line means little variation. Symbols mark the median, 95 % and 99 %. The time is on a logarithmic scale.' +
      (report.experiment === 'replay'
        ? ' A log is replayed faster than it was written, so the chart shows the time to catch up.'
        : ''),
    ...freshnessTable(report),
  };
}

function caseOf({ experiment, settings, load }: DrawnReport): string {
  const sent = `${formatCount(load.events)} events`;
  return experiment === 'replay'
    ? `a replayed log, ${sent}`
    : `live run, windows of ${formatMs(settings.windowMs)}, ${sent}`;
}

function findingOf(micro: Distribution | null, scheduled: Distribution | null): string {
  if (micro === null || scheduled === null) {
    const [name, median] = micro === null ? ['scheduled-batch', scheduled?.p50] : ['micro-batch', micro.p50];
    return `Half of the events were counted within ${formatMs(median)} on the ${name} path; the other counted none.`;
  }
  return `Half of the events were counted within ${formatMs(micro.p50)} on the micro-batch path and within ${formatMs(scheduled.p50)} on the scheduled-batch path.`;
}

type Measure = readonly [label: string, of: (path: PathReport) => Distribution | null];

const MEASURES: readonly Measure[] = [
  ['Freshness: commit − arrival, of events', ({ freshnessMs }) => freshnessMs],
  ['End to end: commit − intended sending, of events', ({ endToEndMs }) => endToEndMs],
  ['Finality: final − window’s end, of windows', ({ finalityMs }) => finalityMs],
];

function freshnessTable({ paths, target }: DrawnReport): Section {
  const rows = MEASURES.flatMap(([label, of]) =>
    BOTH_PATHS.map((path) => {
      const spread = of(paths[path]);
      const { p50, p95, p99, max, mean, count } = spread ?? { count: 0 };
      return [label, PATHS[path].name, ...[p50, p95, p99, max, mean].map(formatMs), formatCount(count)];
    }),
  );
  return {
    heading: `Freshness, end-to-end latency and finality, measured on the ${target.name} target`,
    columns: [
      words('Measure'),
      words('Path'),
      ...['p50', 'p95', 'p99', 'max', 'mean', 'count'].map((label) => figures(label)),
    ],
    rows,
  };
}
