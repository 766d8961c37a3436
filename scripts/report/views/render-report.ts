import type { Place } from '#bench/targets/target.ts';
import { BOTH_PATHS, PATHS } from '#functions/contract.ts';
import { formatCount } from '#text/format-count.ts';
import type { Report } from '../definition/report.ts';
import { renderBatchingWindows } from './render-batching-windows.ts';
import { renderDrains } from './render-drains.ts';
import { renderExactness } from './render-exactness.ts';
import { renderModel } from './render-model.ts';
import { renderPaths } from './render-paths.ts';
import { renderThresholds } from './render-thresholds.ts';
import { renderWindows } from './render-windows.ts';

/** The report as text: what is wrong with it, if anything is; then the verdict; then what it rests on. */
export function renderReport(report: Report): string {
  return [
    renderHead(report),
    renderWindows(report),
    renderThresholds(report),
    renderDrains(report),
    renderBatchingWindows(report),
    renderPaths(report),
    renderMissing(report),
    renderInput(report),
    renderModel(report),
    `${HOW_TO_READ}\n  ${MEASURED[report.target.name]}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function renderHead(report: Report): string {
  const { exact, verdict, target, complete, notMeasured } = report;
  const head = exact
    ? [...(complete ? [] : [PARTIAL]), verdict.sentence, renderExactness(report)]
    : [renderExactness(report), `Worth nothing until the counts are exact: ${verdict.sentence}`];
  return [...head, ...notMeasured.map(({ what, why }) => `Not measured: ${what}: ${why}.`), renderTarget(target)].join(
    '\n',
  );
}

const PARTIAL = 'PARTIAL: the benchmark was ended before all of it was measured.';

/** Where it was measured; nothing in a report means much without. */
function renderTarget({ name, endpoint, region, stack, version, database }: Place): string {
  const where = [endpoint, region].filter((part) => part !== null).join(', ');
  return `Measured on ${name}${where === '' ? '' : ` (${where})`}: stack ${stack}, version ${version}, ${DATABASES[database]}.`;
}

const DATABASES: Record<Place['database'], string> = {
  aurora: 'an Aurora cluster of its own',
  external: 'a database that was there',
  embedded: 'its own PostgreSQL',
};

/** Why figures of the platform are missing, or are of a part of the invocations only. */
function renderMissing({ paths }: Report): string {
  return BOTH_PATHS.flatMap((path) => {
    const { reportsMissing } = paths[path];
    return reportsMissing === null ? [] : [`Incomplete for ${PATHS[path].name}: ${reportsMissing}.`];
  }).join('\n');
}

function renderInput({ load: { input } }: Report): string {
  if (input === null) return '';
  const { unparsed } = input;
  const head = `Read ${formatCount(input.linesRead)} lines (${input.format ?? 'of no known format'}), could not parse ${formatCount(unparsed.count)}.`;
  return [
    head,
    ...unparsed.examples.slice(0, 5).map(({ line, reason, text }) => `  line ${formatCount(line)}: ${reason}: ${text}`),
  ].join('\n');
}

const HOW_TO_READ = `How to read this
  stream: micro-batches, with the batching window that is best; batch: one run a window; either: within the error
  drain run: whether a drain of that window was measured, to which the model is fitted; USD and delays are modelled always
  predicted unseen: by a model fitted to everything but the phase that stands beside it
  freshness: from an event's arrival in the stream to the commit that counted it · end to end: from when it should have been sent
  finality: from a window's end until its counts were known to be complete; – for a replayed log
  rows written per final row: how often a row was touched before it stood; what tells the two paths apart in the database
  failed, cold, billed duration, memory: as the platform reported them, of the invocations that it reported`;

const MEASURED: Record<Place['name'], string> = {
  embedded: 'Measured is on this machine; its durations say nothing about the bill on AWS, and are never priced.',
  localstack: "Measured is on an emulator; its durations say nothing about AWS, nor about the paths' order there.",
  aws: "Measured is on AWS; end to end includes how far this machine's clock is from that of AWS.",
};
