import { RULE_SECONDS, type RuleRow } from '#model/verdict/engines/test-rule.ts';
import type { Threshold } from '#model/verdict/find-threshold.ts';
import { SENSITIVITIES, type Sensitivity, type SensitivityRow } from '#model/verdict/sensitivity.ts';
import { isOpen } from '#model/verdict/summary.ts';
import { formatSpan, formatSpans } from '#text/format-span.ts';
import type { RegimeVerdict, VerdictReport } from '../definition/report.ts';
import { READERS_IN_WORDS, REGIMES_IN_WORDS } from '../words/case.ts';
import { NONE } from '../words/figures.ts';
import { figures, type Section, sentences, words } from './section.ts';

/** The threshold and its range within the error, in one line. */
export function thresholdSection(verdict: VerdictReport): Section {
  const { thresholdSeconds, streamAgainSeconds } = verdict;
  const again =
    streamAgainSeconds === null ? '' : ` Streaming is better again from ${formatSpan(streamAgainSeconds)} on.`;
  const found = isOpen(verdict, verdict.windows)
    ? 'none, every window judged is within the error'
    : `${thresholdSeconds === null ? 'none up to a day' : formatSpan(thresholdSeconds)}${sayBand(verdict)}`;
  return {
    heading: '',
    finding: `Threshold: ${found}.${again}`,
    howToRead:
      'Threshold: the smallest window from which on the batch costs less, the value of freshness included. It is the first crossing on a grid of ' +
      'windows, refined to the minute.',
  };
}

function sayBand({ thresholdSeconds, earliestSeconds, latestSeconds }: VerdictReport): string {
  if (earliestSeconds === null) return ', nor within the error';
  if (latestSeconds === null) return `; within the error from ${formatSpan(earliestSeconds)} on, or none`;
  if (earliestSeconds === thresholdSeconds && latestSeconds === thresholdSeconds) {
    return ', and nowhere else within the error';
  }
  return `; within the error ${formatSpans(earliestSeconds, latestSeconds)}`;
}

/** Columns of the regimes for a terminal. */
export const REGIME_COLUMNS = ['Database', 'Readers of', 'Batch from', 'Streaming again from'];

/** Thresholds of the same load for each reader and each regime of the database. */
export function regimesSection(verdicts: readonly RegimeVerdict[], freshnessUsd: number): Section {
  return {
    heading: 'Threshold for other readers and databases, modelled',
    columns: [
      words('Database'),
      words('Readers of'),
      ...['Batch from', 'Streaming again from', 'by the error, from', 'to'].map(figures),
      sentences('In a sentence'),
    ],
    rows: verdicts.map(({ reader, regime, earliestSeconds, latestSeconds, sentence, ...threshold }) => [
      REGIMES_IN_WORDS[regime].ofSeveral,
      READERS_IN_WORDS[reader].ofSeveral,
      thresholdText(threshold.thresholdSeconds),
      boundText(threshold.streamAgainSeconds),
      boundText(earliestSeconds),
      boundText(latestSeconds),
      sentence,
    ]),
    notes: freshnessUsd > 0 ? [] : ['Both readers’ thresholds are the same, because freshness is worth 0 USD here.'],
  };
}

const NAMES: Readonly<Record<Sensitivity, string>> = {
  rate: 'Rate',
  hosts: 'Hosts',
  'database price': 'Price of the database',
  'batch interval': 'Interval of the batch',
  'value of freshness': 'Value of freshness',
};

/** The threshold with one input changed, a row for each input. */
export function sensitivitySection(sensitivity: readonly SensitivityRow[], asked: number | null): Section {
  const found = asked === null ? 'none up to a day' : formatSpan(asked);
  const heading = `Threshold with one thing changed (as asked: ${found}), modelled`;
  if (sensitivity.length === 0) return { heading, finding: 'No input was changed.' };
  const rows = SENSITIVITIES.map((what) => [
    NAMES[what],
    ...sensitivity.filter((row) => row.what === what).map(changeText),
  ]).filter((row) => row.length > 1);
  const most = Math.max(...rows.map((row) => row.length));
  const labels = ['Changed', 'Least', 'Less', 'More', 'Most'].slice(0, most);
  return {
    heading,
    columns: labels.map(words),
    rows: rows.map((row) => [...row, ...new Array<string>(most - row.length).fill('')]),
    howToRead: 'USD: value of one minute less of mean delay, a month. None: no threshold up to a day.',
  };
}

/** `× 0.1: 11 minutes up to 43 minutes` if streaming is better again above 43 minutes. */
function changeText({ what, factor, thresholdSeconds, streamAgainSeconds }: SensitivityRow): string {
  const by = factor.toLocaleString('en-US');
  const until = streamAgainSeconds === null ? '' : ` up to ${formatSpan(streamAgainSeconds)}`;
  const threshold = thresholdSeconds === null ? 'none' : `${formatSpan(thresholdSeconds)}${until}`;
  return `${what === 'value of freshness' ? `${by} USD` : `× ${by}`}: ${threshold}`;
}

/** Columns of the rule for a terminal. The streaming engine is left out, because most rows are about Flink. */
export const RULE_COLUMNS = ['Assumptions', 'Batch by', 'Batch from', 'Streaming again from'];

/** The rule "batch from about 1 hour on", under each set of assumptions. */
export function ruleSection(rule: readonly RuleRow[]): Section {
  const heading = `The rule "batch from about ${formatSpan(RULE_SECONDS)} on", put to the test, modelled`;
  if (rule.length === 0) return { heading, finding: 'The rule was not put to the test.' };
  return {
    heading,
    ...ruleFinding(rule),
    columns: [
      sentences('Assumptions'),
      words('Instead of'),
      words('Batch by'),
      figures('Batch from'),
      figures('Streaming again from'),
    ],
    rows: rule.map(({ assumptions, stream, batch, thresholdSeconds, streamAgainSeconds }) => [
      assumptions,
      stream,
      batch,
      thresholdText(thresholdSeconds),
      boundText(streamAgainSeconds),
    ]),
  };
}

/** The range of thresholds of Spark instead of Flink. Rows of the project's own paths have no start-up and are left out. */
function ruleFinding(rule: readonly RuleRow[]): Pick<Section, 'finding'> {
  const found = rule.filter(({ startUpSeconds }) => startUpSeconds !== null).map((row) => row.thresholdSeconds);
  const thresholds = found.filter((seconds) => seconds !== null).sort((a, b) => a - b);
  const [least] = thresholds;
  const most = thresholds.at(-1);
  if (least === undefined || most === undefined) return {};
  const range = least === most ? formatSpan(least) : formatSpans(least, most);
  const never = thresholds.length < found.length ? ', or never' : '';
  return {
    finding: `Spark instead of Flink: batch from ${range}${never}, depending on Spark's assumed start-up time; the rule says ${formatSpan(RULE_SECONDS)}.`,
  };
}

/** `never, up to a day` if streaming is better at every window. */
export function thresholdText(seconds: Threshold['thresholdSeconds']): string {
  return seconds === null ? 'never, up to a day' : formatSpan(seconds);
}

function boundText(seconds: number | null): string {
  return seconds === null ? NONE : formatSpan(seconds);
}
