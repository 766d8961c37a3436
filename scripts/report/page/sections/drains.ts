import { sustainedPerSecond } from '#report/definition/phase-reports.ts';
import type { BatchReport, CatchUpReport, Report } from '#report/definition/report.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Content } from '../element.ts';
import { formatBytes, formatCount, formatMs, NONE } from '../figures.ts';
import { withNote } from '../note.ts';
import { figures, type Table, tableElement, words } from '../table.ts';
import { nothingToShow, paragraph } from './section.ts';

/** Whole windows, counted by one path at a time. */
export function drainsContents({ drains, target }: Report): Content[] {
  if (drains.length === 0) return [nothingToShow('None was measured.')];
  return [
    paragraph(
      'The load of a whole window, sent at once, then counted by one path at a time: by the batch in a new environment and in a warm one, ',
      'then by the micro-batch path catching up.',
    ),
    tableElement(drainsTable(drains, target)),
  ];
}

function drainsTable(drains: Report['drains'], target: Report['target']): Table {
  const elsewhere = target.name === 'aws' ? '' : '; durations there say nothing about those on AWS';
  return {
    caption: `Drains, measured on the ${target.name} target${elsewhere}. Below: what a model that was fitted to everything else says of the same`,
    columns: [
      words('Window'),
      words('By'),
      figures('Events'),
      figures('Bytes'),
      figures('Invocations'),
      figures('Took'),
      figures('Events/s'),
      figures('Rows written'),
      figures('CPU'),
      figures('Waited to read'),
      figures('Waited for the database'),
      figures('Init'),
      figures('Memory'),
    ],
    rows: drains.flatMap(({ windowMs, load, cold, warm, catchUp }) => {
      const window = formatSpan(windowMs / 1_000);
      return [
        ...(cold === null ? [] : [drainRow(window, 'cold batch', load.bytes, cold)]),
        drainRow(window, 'warm batch', load.bytes, warm),
        drainRow(window, 'catch-up', load.bytes, catchUp),
      ];
    }),
  };
}

function throughputOf(phase: BatchReport | CatchUpReport): number | null {
  if ('eventsPerSecond' in phase) return sustainedPerSecond(phase);
  return phase.durationMs > 0 ? (phase.events / phase.durationMs) * 1_000 : null;
}

function drainRow(window: string, by: string, bytes: number, phase: BatchReport | CatchUpReport): Content[] {
  const { predicted, durationMs, maxMemoryMb } = phase;
  return [
    window,
    by,
    formatCount(phase.events),
    formatBytes(bytes),
    formatCount(phase.invocations),
    formatMs(durationMs),
    formatCount(throughputOf(phase)),
    withNote(formatCount(phase.rowsWritten), formatCount(predicted.rowsWritten)),
    withNote(formatMs(phase.cpuMs), formatMs(predicted.cpuMs)),
    formatMs(phase.readWaitMs),
    formatMs(phase.databaseWaitMs),
    'initMs' in phase ? formatMs(phase.initMs) : NONE,
    maxMemoryMb === null ? NONE : `${formatCount(maxMemoryMb)} MB`,
  ];
}
