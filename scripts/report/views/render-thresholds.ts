import { REGIMES, type Regime } from '#model/deployment.ts';
import { RULE_SECONDS } from '#model/verdict/engines/test-rule.ts';
import type { Threshold } from '#model/verdict/find-threshold.ts';
import { READERS } from '#model/verdict/scenario.ts';
import { SENSITIVITIES, type Sensitivity } from '#model/verdict/sensitivity.ts';
import { formatSpan, formatSpans } from '#text/format-span.ts';
import { renderTable } from '#text/render-table.ts';
import { known } from '../definition/figures-text.ts';
import type { Report } from '../definition/report.ts';
import { REGIMES_IN_WORDS } from '../words/case.ts';

const NONE: Threshold = { thresholdSeconds: null, streamAgainSeconds: null };
const ALIKE = '  Both columns are alike: fresher counts are worth nothing here; see --freshness-value';

/** How the threshold depends on whose database it is, on who reads, and on what may be otherwise than was assumed. */
export function renderThresholds(report: Report): string {
  return [
    'From which window on the batch is better, modelled (–: from none up to a day)',
    renderRegimes(report),
    ...(report.verdict.freshnessUsd === 0 ? [ALIKE] : []),
    ...renderSensitivity(report),
    ...renderRule(report),
  ].join('\n');
}

function renderRegimes({ verdicts }: Report): string {
  const thresholdIn = (regime: Regime, reader: string): string => {
    const found = verdicts.find((each) => each.regime === regime && each.reader === reader);
    return sayThreshold(found ?? NONE);
  };
  return renderTable(
    [{ head: '', align: 'left' }, ...READERS.map((reader) => ({ head: `${reader} counts`, align: 'right' as const }))],
    REGIMES.map((regime) => [
      REGIMES_IN_WORDS[regime].inSentence,
      ...READERS.map((reader) => thresholdIn(regime, reader)),
    ]),
  );
}

function renderSensitivity({ sensitivity }: Report): string[] {
  return SENSITIVITIES.flatMap((what) => {
    const rows = sensitivity.filter((row) => row.what === what);
    if (rows.length === 0) return [];
    const factors = rows.map(({ factor }) => factor.toLocaleString('en-US')).join(', ');
    const thresholds = rows.map(sayThreshold).join(', ');
    return [`  ${describe(what, factors)}: ${thresholds}`];
  });
}

/** `11 minutes up to 43 minutes` where streaming is better again from there on. */
function sayThreshold({ thresholdSeconds, streamAgainSeconds }: Threshold): string {
  const until = streamAgainSeconds === null ? '' : ` up to ${formatSpan(streamAgainSeconds)}`;
  return `${known(thresholdSeconds, formatSpan)}${until}`;
}

function describe(what: Sensitivity, factors: string): string {
  return what === 'value of freshness' ? `a minute's freshness worth ${factors} USD a month` : `${what} × ${factors}`;
}

/** Spark instead of Flink, under every set of assumptions; the project's own paths have no start of their own. */
function renderRule({ rule }: Report): string[] {
  const found = rule.filter(({ startUpSeconds }) => startUpSeconds !== null).map((row) => row.thresholdSeconds);
  const thresholds = found.filter((seconds) => seconds !== null).sort((a, b) => a - b);
  const [least] = thresholds;
  const most = thresholds.at(-1);
  if (least === undefined || most === undefined) return [];
  const range = least === most ? formatSpan(least) : formatSpans(least, most);
  const never = thresholds.length < found.length ? ', or never' : '';
  return [
    `  Spark instead of Flink: ${range}${never}, by how long Spark is assumed to start; the rule says ${formatSpan(RULE_SECONDS)}`,
  ];
}
