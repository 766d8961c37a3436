import { nearestRanks } from '#model/statistics/ranks.ts';
import { formatPercent } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import { left, renderTable, right } from '#text/render-table.ts';
import type { Report } from '../definition/report.ts';
import type { PredictedRun } from './predict-run.ts';
import { differenceOf, type Prediction, type Unit } from './predictions.ts';

/** A longer send lag than a poll interval of the stream means that the load did not keep its rate. */
const MOST_LAG_MS = 1_000;

/** The table as JSON, unrounded. */
export function renderJson({ first, other, predictions, leftOut }: PredictedRun): string {
  const rows = predictions.map((each) => ({ ...each, difference: differenceOf(each) }));
  return JSON.stringify({ by: first.run.id, of: other.run.id, predictions: rows, leftOut }, null, 2);
}

/** The errors in one sentence, then every figure predicted and measured. */
export function renderText({ first, other, predictions, leftOut }: PredictedRun): string {
  return [
    renderSummary(first, other, predictions),
    renderTable(
      [left('measured in'), left('path'), left('figure'), right('predicted'), right('measured'), right('difference')],
      predictions.map((each) => [
        each.of,
        each.path,
        each.figure,
        figure(each.predicted, each.unit),
        figure(each.measured, each.unit),
        signed(differenceOf(each)),
      ]),
    ),
    leftOut === null ? '' : `Not compared: ${leftOut}.`,
    renderLag(other),
    HOW_TO_READ,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** A load that did not keep its rate is not the load that was predicted. */
function renderLag({ load }: Report): string {
  const { sendLagMs } = load;
  if (sendLagMs === null || sendLagMs.p95 <= MOST_LAG_MS) return '';
  return `Warning: the load of the second lagged by ${formatSpan(sendLagMs.p95 / 1_000)} (95th percentile): it did not keep the rate that is predicted for.`;
}

function renderSummary(first: Report, other: Report, predictions: readonly Prediction[]): string {
  const apart = predictions
    .map(differenceOf)
    .filter((difference) => difference !== null)
    .map(Math.abs);
  const [median, most] = nearestRanks(apart, [0.5, 1]);
  const how =
    median === undefined || most === undefined
      ? 'nothing that could be compared'
      : `${formatPercent(median)} off in the median, ${formatPercent(most)} at most, over ${apart.length} figures`;
  return `The model of ${named(first)} predicts ${named(other)}: ${how}.`;
}

function named({ run, scenario }: Report): string {
  return `run ${run.id} (${scenario.workload.eventsPerSecond.toLocaleString('en-US')} events/s)`;
}

function signed(share: number | null): string {
  if (share === null) return '–';
  return `${share < 0 ? '−' : '+'}${formatPercent(Math.abs(share))}`;
}

function figure(value: number, unit: Unit): string {
  const digits = value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  const text = value.toLocaleString('en-US', digits);
  return unit === 'invocations' || unit === 'rows' ? text : `${text} ${NAMES[unit]}`.trimEnd();
}

const NAMES: Readonly<Record<Unit, string>> = {
  invocations: '',
  rows: '',
  'rows per final row': '',
  'ms CPU': 'ms',
  'µs CPU per event': 'µs',
  ms: 'ms',
};

const HOW_TO_READ = `How to read this
  predicted: by the first report's model, from the load and the settings of the second. Two measured figures went into it: how many
  environments started cold, and how many invocations a drain took
  left out: the first and last batch of a load, which are smaller, and invocations that failed and were repeated
  CPU: of compiled code; in its first minute or two a live run takes more
  freshness: with an awake database as on AWS, and with the core that the functions had (a whole one outside AWS). A database
  elsewhere has other durations`;
