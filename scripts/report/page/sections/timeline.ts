import type { Path } from '#functions/contract.ts';
import type { Report } from '#report/definition/report.ts';
import { exportHtml, type Heading, measured, nothingToShow, partElement } from '#report/page/export-html.ts';
import { type Figure, figures, type Section, words } from '#report/sections/section.ts';
import { formatCount, formatMs, NONE } from '#report/words/figures.ts';
import { plural } from '#text/format-number.ts';
import type { DrawnReport } from '../drawn-report.ts';
import { type Element, element } from '../element.ts';

export const TIMELINE: Heading = { id: 'timeline', title: 'The live run, second by second' };

const LEAST_POINTS = 2;
const MOST_ROWS = 60;

export function timelineSection(report: Report): Element {
  const figure = timelineFigure(report);
  if (figure === null) {
    return partElement(
      TIMELINE,
      nothingToShow(
        report.experiment === 'replay'
          ? 'A log is replayed as fast as the stream takes it, so there is no live run to show.'
          : 'The live run was too short for a chart.',
      ),
    );
  }
  return partElement(TIMELINE, exportHtml(figure, element('p', { class: 'case' }, ...measured(report))));
}

/** Null if the live run is too short for a chart. */
export function timelineFigure(report: DrawnReport): Figure | null {
  if (report.timeline.length < LEAST_POINTS) return null;
  return {
    chart: 'timeline',
    finding: findingOf(report),
    howToRead:
      'Above: events sent, and events counted by each path. The batch counts a whole window at once, so its line has steps. ' +
      'Below: events that were sent and are not counted yet, one line for each shard. ' +
      'Triangles: an invocation that waited for a new environment. Crosses: an environment that was killed on purpose.',
    ...timelineTable(report),
  };
}

function findingOf({ timeline, paths, faults }: DrawnReport): string {
  const most = (path: Path): number =>
    timeline.reduce((greatest, point) => Math.max(greatest, ...(point[path]?.lag ?? [])), 0);
  const cold = paths.microBatch.coldStartsAtMs.length + paths.scheduledBatch.coldStartsAtMs.length;
  const killed = faults.length === 0 ? '' : `, ${plural(faults.length, 'environment')} killed`;
  return (
    `A shard was at most ${plural(most('microBatch'), 'event')} behind on the micro-batch path and ${formatCount(most('scheduledBatch'))} on the scheduled-batch path; ` +
    `${plural(cold, 'cold start')}${killed}.`
  );
}

/** A cold start or a kill in the live run, ms since the load's start. */
export type Moment = {
  readonly atMs: number;
  readonly kind: 'cold start' | 'killed';
  readonly path: Path;
};

export function momentsOf({ paths, faults, load }: DrawnReport): Moment[] {
  const startMs = Date.parse(load.startedAt);
  const cold = (path: Moment['path']): Moment[] =>
    paths[path].coldStartsAtMs.map((atMs) => ({ atMs, kind: 'cold start', path }));
  const killed = faults.map(({ atMs, functionName }): Moment => {
    const path = /scheduled/i.test(functionName) ? 'scheduledBatch' : 'microBatch';
    return { atMs: atMs - startMs, kind: 'killed', path };
  });
  return [...cold('microBatch'), ...cold('scheduledBatch'), ...killed].sort((a, b) => a.atMs - b.atMs);
}

function timelineTable(report: DrawnReport): Section {
  const { timeline } = report;
  const moments = momentsOf(report);
  const every = Math.ceil(timeline.length / MOST_ROWS);
  const shown = timeline.filter((_, i) => i % every === 0 || i === timeline.length - 1);
  const lagText = (lag: readonly number[] | undefined): string =>
    lag === undefined ? NONE : lag.map(formatCount).join(' · ');
  return {
    heading: `The live run${every === 1 ? '' : `, one point of every ${every}`}; lag is one figure for each shard; measured`,
    columns: [
      figures('Since its start'),
      figures('Sent'),
      figures('Micro-batch: counted'),
      figures('lag'),
      figures('Scheduled batch: counted'),
      figures('lag'),
      words('Until then'),
    ],
    rows: shown.map(({ atMs, sent, microBatch, scheduledBatch }, i) => {
      const afterMs = shown[i - 1]?.atMs ?? Number.NEGATIVE_INFINITY;
      const isLast = i === shown.length - 1;
      const here = moments.filter((moment) => moment.atMs > afterMs && (moment.atMs <= atMs || isLast));
      return [
        formatMs(atMs),
        formatCount(sent),
        formatCount(microBatch?.counted),
        lagText(microBatch?.lag),
        formatCount(scheduledBatch?.counted),
        lagText(scheduledBatch?.lag),
        here
          .map(({ kind, path }) => `${kind}, ${path === 'microBatch' ? 'micro-batch' : 'scheduled batch'}`)
          .join('; '),
      ];
    }),
  };
}
