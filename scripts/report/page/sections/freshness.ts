import { BOTH_PATHS, PATHS } from '#functions/contract.ts';
import type { Distribution } from '#model/statistics/percentiles.ts';
import type { PathReport, Report } from '#report/definition/report.ts';
import { type Element, element } from '../element.ts';
import { formatCount, formatMs } from '../figures.ts';
import { measured } from '../marks.ts';
import { figures, type Table, words } from '../table.ts';
import { type Figure, figureElement, type Heading, nothingToShow, sectionElement } from './section.ts';

export const FRESHNESS: Heading = { id: 'freshness', title: 'How fresh the counts are' };

export function freshnessSection(report: Report): Element {
  const figure = freshnessFigure(report);
  if (figure === null)
    return sectionElement(FRESHNESS, nothingToShow('Neither path counted an event, so there is no freshness to show.'));
  return sectionElement(
    FRESHNESS,
    figureElement(figure, element('p', { class: 'case' }, ...measured(report), ': ', caseOf(report))),
  );
}

/** Null where nothing was counted. */
export function freshnessFigure(report: Report): Figure | null {
  const { microBatch, scheduledBatch } = report.paths;
  if (microBatch.freshnessMs === null && scheduledBatch.freshnessMs === null) return null;
  return {
    id: 'freshness',
    finding: findingOf(microBatch.freshnessMs, scheduledBatch.freshnessMs),
    howToRead:
      'From an event’s arrival in the stream to the commit that counted it. A line tells which share of the events was counted within the time below it: ' +
      'the further left, the fresher; a steep line, always alike. Symbols mark the median, 95 % and 99 %. The time is on a logarithmic scale.' +
      (report.experiment === 'replay'
        ? ' A log that is replayed is sent faster than it came, so this is how long catching up took.'
        : ''),
    table: freshnessTable(report),
  };
}

function caseOf({ experiment, settings, load }: Report): string {
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

function freshnessTable({ paths, target }: Report): Table {
  const rows = MEASURES.flatMap(([label, of]) =>
    BOTH_PATHS.map((path) => {
      const spread = of(paths[path]);
      const { p50, p95, p99, max, mean, count } = spread ?? { count: 0 };
      return [label, PATHS[path].name, ...[p50, p95, p99, max, mean].map(formatMs), formatCount(count)];
    }),
  );
  return {
    caption: `Freshness, end-to-end latency and finality, measured on the ${target.name} target`,
    columns: [
      words('Measure'),
      words('Path'),
      ...['p50', 'p95', 'p99', 'max', 'mean', 'of so many'].map((label) => figures(label)),
    ],
    rows,
  };
}
