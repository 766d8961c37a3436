import { BOTH_PATHS, PATHS } from '#functions/contract.ts';
import type { FitError } from '#model/fit/fit-error.ts';
import type { TimeFit } from '#model/fit/fitted-model.ts';
import type { Report } from '#report/definition/report.ts';
import type { Content } from '../element.ts';
import { formatCount, formatMs, formatNumber, formatShare, NONE } from '../figures.ts';
import { figures, sentences, type Table, tableElement, words } from '../table.ts';
import { paragraph } from './section.ts';

/** What the model's CPU is made of, and how far it is off. */
export function fitContents({ model, target }: Report): Content[] {
  return [
    paragraph(
      'The model takes CPU for a sum of parts, whose figures are fitted to invocations with one path at work. ',
      'Its error is that on invocations it had not seen: held out, every one predicted by a fit to the two thirds that it is not part of; live, those of each live run, with both paths at work, none of them fitted. ',
      'In the first half of a live run much code is run for the first time, so the second half stands alone beside the whole.',
    ),
    tableElement(partsTable(model.fits, target.name)),
    tableElement(errorsTable(model)),
  ];
}

function partsTable(fits: Report['model']['fits'], target: string): Table {
  const rows = BOTH_PATHS.map((path) => {
    const { cpu, whyNot } = fits[path];
    return [
      PATHS[path].name,
      ...partCells(cpu),
      formatCount(cpu?.samples),
      cpu === null ? `not fitted: ${whyNot ?? 'no samples'}` : '✓ yes',
    ];
  });
  return {
    caption: `CPU of an invocation, fitted to what was measured on the ${target} target`,
    columns: [
      words('Path'),
      figures('An invocation'),
      figures('an event'),
      figures('a record'),
      figures('a row inserted'),
      figures('a row updated'),
      figures('Invocations'),
      sentences('Fitted'),
    ],
    rows,
  };
}

function partCells(cpu: TimeFit | null): string[] {
  const micros = (ms: number | undefined): string => (ms === undefined ? NONE : `${formatNumber(ms * 1_000)} µs`);
  return [
    formatMs(cpu?.ms),
    ...[cpu?.msPerEvent, cpu?.msPerRecord, cpu?.msPerFreshRow, cpu?.msPerUpdatedRow].map(micros),
  ];
}

function errorsTable({ fits, live, liveWhole }: Report['model']): Table {
  const rows = BOTH_PATHS.flatMap((path) => [
    errorRow(PATHS[path].name, 'CPU, held out', fits[path].cpu?.heldOut ?? null),
    errorRow(PATHS[path].name, 'CPU, live run, second half', live[path]),
    errorRow(PATHS[path].name, 'CPU, live run, whole', liveWhole[path]),
    errorRow(PATHS[path].name, 'rows, by the keys', fits[path].rows),
  ]);
  return {
    caption:
      'How far predictions of single invocations are off; in total: how far their sums are apart, which is what a bill sees',
    columns: [
      words('Path'),
      words('Of'),
      figures('Median'),
      figures('p95'),
      figures('In total'),
      figures('Invocations'),
    ],
    rows,
  };
}

function errorRow(path: string, of: string, error: FitError | null): string[] {
  return [
    path,
    of,
    formatShare(error?.median),
    formatShare(error?.p95),
    formatShare(error?.total),
    formatCount(error?.count),
  ];
}
