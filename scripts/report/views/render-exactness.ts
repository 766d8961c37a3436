import type { PathCorrectness } from '#bench/verify/correctness.ts';
import { formatCount } from '#text/format-count.ts';
import { formatSpan } from '#text/format-span.ts';
import { plural } from '#text/plural.ts';
import type { Report } from '../definition/report.ts';

const EXAMPLES = 5;

/** Whether everything was counted exactly; where it was not, what is wrong in which phase. */
export function renderExactness(report: Report): string {
  const { correctness, load, faults, exact, complete } = report;
  const { sentEvents, sentMalformed, microBatch } = correctness;
  const sent = `${plural(sentEvents, 'event')} in ${plural(load.windows, 'window')}`;
  const killed = faults.length === 0 ? '' : `, ${plural(faults.length, 'execution environment')} killed meanwhile`;
  if (exact) {
    const quarantined = sentMalformed === 0 ? '' : `, ${plural(sentMalformed, 'malformed line')} quarantined`;
    return `EXACT: both paths ${whatBecameOf(sent, microBatch)}${quarantined}${killed}${renderOthers(report)}.`;
  }
  const wrong = findWrong(report, `${sent} were sent${killed}`);
  return [
    `NOT EXACT${complete ? '' : ', and PARTIAL'}: ${wrong.map(({ name }) => name).join(', ')}.`,
    ...wrong.flatMap(({ name, lines }) => (lines.length === 0 ? [] : [`  ${name}:`, ...lines])),
  ].join('\n');
}

/** Paths that are both exact have dropped alike, so either one speaks for both. */
function whatBecameOf(sent: string, path: PathCorrectness): string {
  if (path.dropped === 0) return `counted all of ${sent}`;
  return `counted ${formatCount(path.counted)} of ${sent} and dropped the other ${formatCount(path.dropped)} as late`;
}

function renderOthers({ repeats, calibration, drains, batchingWindows }: Report): string {
  const others = [
    ...(repeats.length > 1 ? [plural(repeats.length - 1, 'more run')] : []),
    ...(calibration === null ? [] : ['the calibration']),
    ...(drains.length === 0 ? [] : [plural(drains.length, 'drain')]),
    ...(batchingWindows.length === 0 ? [] : [plural(batchingWindows.length, 'batching window')]),
  ];
  return others.length === 0 ? '' : `; as exact: ${others.join(', ')}`;
}

type Wrong = { readonly name: string; readonly lines: string[] };

function findWrong(report: Report, sent: string): Wrong[] {
  const { correctness, experiment, repeats, calibration, drains, batchingWindows } = report;
  const run = experiment === 'live' ? 'live run' : 'replay';
  const [, ...later] = repeats;
  return [
    ...(correctness.exact ? [] : [{ name: run, lines: [`    ${sent}`, ...explainBoth(correctness)] }]),
    ...later.flatMap(({ exact }, i) => (exact ? [] : [{ name: `${run} ${i + 2} of ${repeats.length}`, lines: [] }])),
    ...(calibration === null || calibration.exact
      ? []
      : [{ name: 'calibration', lines: explainBoth(calibration.correctness) }]),
    ...drains.flatMap((drain) =>
      drain.exact
        ? []
        : [
            {
              name: `drain of ${formatSpan(drain.windowMs / 1_000)}`,
              lines: [...explainBoth(drain.correctness), ...explain('first batch', drain.coldCorrectness)],
            },
          ],
    ),
    ...batchingWindows.flatMap(({ exact, batchingWindowSeconds, correctness: path }) =>
      exact
        ? []
        : [{ name: `batching window of ${formatSpan(batchingWindowSeconds)}`, lines: explain('micro-batch', path) }],
    ),
  ];
}

function explainBoth({ pathsAgree, microBatch, scheduledBatch }: Report['correctness']): string[] {
  return [
    ...(pathsAgree ? [] : ['    The tables of the two paths differ from each other.']),
    ...explain('micro-batch', microBatch),
    ...explain('scheduled-batch', scheduledBatch),
  ];
}

function explain(name: string, { exact, missing, surplus, unexplained, examples }: PathCorrectness): string[] {
  if (exact) return [];
  return [
    `    ${name}: ${formatCount(missing)} missing, ${formatCount(surplus)} surplus, ${formatCount(unexplained)} lines unexplained`,
    ...examples
      .slice(0, EXAMPLES)
      .map(({ key, sent, counted: found }) => `      ${key}: sent ${sent}, counted ${found}`),
  ];
}
