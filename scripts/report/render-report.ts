import type { Place } from '../targets/target.ts';
import type { PathCorrectness } from '../verify/correctness.ts';
import { count, counted } from './figures-text.ts';
import { renderPaths } from './render-paths.ts';
import type { Report } from './report.ts';

/** The report as text: the verdict on exactness first, then both paths side by side, then what the rows mean. */
export function renderReport(report: Report): string {
  return [
    renderCorrectness(report),
    renderTarget(report.target),
    renderPaths(report),
    renderMissing(report),
    renderInput(report),
    `${HOW_TO_READ}\n  ${MEASURED[report.target.name]}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function renderCorrectness({ correctness, load, faults }: Report): string {
  const { exact, sentEvents, sentMalformed, pathsAgree, microBatch, scheduledBatch } = correctness;
  const sent = `${counted(sentEvents, 'event')} in ${counted(load.windows, 'window')}`;
  const quarantined = sentMalformed === 0 ? '' : `, ${counted(sentMalformed, 'malformed line')} quarantined`;
  const killed = faults.length === 0 ? '' : `, ${counted(faults.length, 'execution environment')} killed meanwhile`;
  if (exact) return `EXACT: both paths ${whatBecameOf(sent, microBatch)}${quarantined}${killed}.`;
  return [
    `NOT EXACT: the paths differ from the ${sent} that were sent${killed}.`,
    ...(pathsAgree ? [] : ['  The tables of the two paths differ from each other.']),
    ...renderFaults('micro-batch', microBatch),
    ...renderFaults('scheduled-batch', scheduledBatch),
  ].join('\n');
}

/** Paths that are both exact have dropped alike, so either one speaks for both. */
function whatBecameOf(sent: string, path: PathCorrectness): string {
  if (path.dropped === 0) return `counted all of ${sent}`;
  return `counted ${count(path.counted)} of ${sent} and dropped the other ${count(path.dropped)} as late`;
}

function renderFaults(name: string, path: PathCorrectness): string[] {
  if (path.exact) return [];
  const { missing, surplus, unexplained, examples } = path;
  const summary = `${count(missing)} missing, ${count(surplus)} surplus, ${count(unexplained)} lines unexplained`;
  return [
    `  ${name}: ${summary}`,
    ...examples.slice(0, 5).map(({ key, sent, counted }) => `    ${key}: sent ${sent}, counted ${counted}`),
  ];
}

/** Where it was measured; nothing in a report means much without. */
function renderTarget({ name, endpoint, region, stack, version, database }: Place): string {
  const where = [endpoint, region].filter((part) => part !== null).join(', ');
  return `Measured on ${name}${where === '' ? '' : ` (${where})`}: stack ${stack}, version ${version}, ${database} database.`;
}

/** Why figures of the platform are missing, or are of a part of the invocations only. */
function renderMissing({ paths }: Report): string {
  return [
    ['micro-batch', paths.microBatch.reportsMissing] as const,
    ['scheduled-batch', paths.scheduledBatch.reportsMissing] as const,
  ]
    .flatMap(([name, reason]) => (reason === null ? [] : [`Incomplete for ${name}: ${reason}.`]))
    .join('\n');
}

function renderInput({ load: { input } }: Report): string {
  if (input === null) return '';
  const { unparsed } = input;
  const head = `Read ${count(input.linesRead)} lines (${input.format}), could not parse ${count(unparsed.count)}.`;
  return [
    head,
    ...unparsed.examples.slice(0, 5).map(({ line, reason, text }) => `  line ${count(line)}: ${reason}: ${text}`),
  ].join('\n');
}

const HOW_TO_READ = `How to read this
  freshness: from an event's arrival in the stream to the commit that counted it · end to end: from when it should have been sent
  finality: from a window's end until its counts were known to be complete; – for a replayed log
  rows written per final row: how often a row was touched before it stood; what tells the two paths apart in the database
  failed, cold, billed duration, memory: as the platform reported them, of the invocations that it reported`;

const MEASURED: Record<Place['name'], string> = {
  embedded: 'All figures measured on this machine; embedded durations say nothing about the bill on AWS.',
  localstack:
    "All figures measured on an emulator; its durations say nothing about AWS, nor about the paths' order there.",
  aws: "All figures measured on AWS; end to end includes how far this machine's clock is from that of AWS.",
};
