import { changedFinal, type PathCorrectness } from '#bench/verify/correctness.ts';
import { BOTH_PATHS, PATHS } from '#functions/contract.ts';
import { formatCount, plural } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import type { Report } from '../definition/report.ts';

/** Most rows that are shown of each path. */
const EXAMPLES = 5;

/** States if the figures are reliable: `EXACT`, `NOT EXACT` or `PARTIAL`, with a text. */
export type Status = {
  readonly isSound: boolean;
  readonly head: string;
  readonly text: string;
  /** Errors by phase, a line each. */
  readonly details: readonly string[];
};

export function exactnessStatus(report: Report): Status {
  const { correctness, load, faults, exact, complete } = report;
  const { sentEvents, sentMalformed, microBatch } = correctness;
  const sent = `${plural(sentEvents, 'event')} in ${plural(load.windows, 'window')}`;
  const killed = faults.length === 0 ? '' : `, ${plural(faults.length, 'execution environment')} killed meanwhile`;
  if (exact) {
    const quarantined = sentMalformed === 0 ? '' : `, ${plural(sentMalformed, 'malformed line')} quarantined`;
    const text = `both paths ${whatBecameOf(sent, microBatch)}${quarantined}${killed}${sayOthers(report)}.`;
    return { isSound: true, head: 'EXACT', text, details: [] };
  }
  const wrong = findWrong(report, `${sent} were sent${killed}`);
  return {
    isSound: false,
    head: `NOT EXACT${complete ? '' : ', and PARTIAL'}`,
    text: `${wrong.map(({ name }) => name).join(', ')}.${sayChangedFinal(report)}`,
    details: wrong.flatMap(({ name, lines }) => (lines.length === 0 ? [] : [`${name}:`, ...lines])),
  };
}

/** Null if the report is complete. */
export function partialStatus({ complete, notMeasured }: Pick<Report, 'complete' | 'notMeasured'>): Status | null {
  if (complete) return null;
  const missing = notMeasured.map(({ what }) => what).join(', ');
  const text = `the benchmark ended before everything was measured${missing === '' ? '' : `; missing: ${missing}`}.`;
  return { isSound: false, head: 'PARTIAL', text, details: [] };
}

/** Two exact paths have dropped the same events, so the text of one path is true for both. */
function whatBecameOf(sent: string, path: PathCorrectness): string {
  if (path.dropped === 0) return `counted all of ${sent}`;
  return `counted ${formatCount(path.counted)} of ${sent} and dropped the other ${formatCount(path.dropped)} as late`;
}

function sayOthers({ repeats, calibration, drains, batchingWindows }: Report): string {
  const others = [
    ...(repeats.length > 1 ? [plural(repeats.length - 1, 'more run')] : []),
    ...(calibration === null ? [] : ['the calibration']),
    ...(drains.length === 0 ? [] : [plural(drains.length, 'drain')]),
    ...(batchingWindows.length === 0 ? [] : [plural(batchingWindows.length, 'batching window')]),
  ];
  return others.length === 0 ? '' : `; as exact: ${others.join(', ')}`;
}

/** Final windows that changed are told first: whoever reads only final rows has read wrong ones. */
function sayChangedFinal({ correctness, settings }: Report): string {
  return BOTH_PATHS.map((path) => {
    const events = changedFinal(correctness[path], settings.latePolicy);
    return events === 0 ? '' : ` Final windows of the ${PATHS[path].name} path changed by ${plural(events, 'event')}.`;
  }).join('');
}

type Wrong = { readonly name: string; readonly lines: readonly string[] };

function findWrong(report: Report, sent: string): Wrong[] {
  const { correctness, experiment, repeats, calibration, drains, batchingWindows } = report;
  const run = experiment === 'live' ? 'live run' : 'replay';
  const [, ...later] = repeats;
  const wrong = (exact: boolean, name: string, lines: () => string[]): Wrong[] =>
    exact ? [] : [{ name, lines: lines() }];
  return [
    ...wrong(correctness.exact, run, () => [`  ${sent}`, ...explainBoth(correctness)]),
    ...later.flatMap(({ exact }, i) => wrong(exact, `${run} ${i + 2} of ${repeats.length}`, () => [])),
    ...(calibration === null
      ? []
      : wrong(calibration.exact, 'calibration', () => explainBoth(calibration.correctness))),
    ...drains.flatMap((drain) =>
      wrong(drain.exact, `drain of ${formatSpan(drain.windowMs / 1_000)}`, () => [
        ...explainBoth(drain.correctness),
        ...explain('first batch', drain.coldCorrectness),
      ]),
    ),
    ...batchingWindows.flatMap(({ exact, batchingWindowSeconds, correctness: path }) =>
      wrong(exact, `batching window of ${formatSpan(batchingWindowSeconds)}`, () => explain('micro-batch', path)),
    ),
  ];
}

function explainBoth({ pathsAgree, microBatch, scheduledBatch }: Report['correctness']): string[] {
  return [
    ...(pathsAgree ? [] : ['  The tables of the two paths differ from each other.']),
    ...explain('micro-batch', microBatch),
    ...explain('scheduled-batch', scheduledBatch),
  ];
}

function explain(name: string, { exact, missing, surplus, unexplained, examples }: PathCorrectness): string[] {
  if (exact) return [];
  return [
    `  ${name}: ${formatCount(missing)} missing, ${formatCount(surplus)} surplus, ${formatCount(unexplained)} lines unexplained`,
    ...examples.slice(0, EXAMPLES).map(({ key, sent, counted }) => `    ${key}: sent ${sent}, counted ${counted}`),
  ];
}
