import type { Place } from '#bench/targets/target.ts';
import { formatCount, formatSmallUsd } from '#text/format-number.ts';
import type { Report } from '../definition/report.ts';
import { exactnessStatus, partialStatus, type Status } from '../sections/exactness.ts';
import { batchingWindowsSection, DRAIN_COLUMNS, drainsSection, pathsSection } from '../sections/measured.ts';
import { errorsSection } from '../sections/model-fit.ts';
import { type Exporter, type Section, select } from '../sections/section.ts';
import { REGIME_COLUMNS, regimesSection, ruleSection, sensitivitySection } from '../sections/thresholds.ts';
import { drainedWindows, WINDOW_COLUMNS, windowsSection } from '../sections/windows.ts';
import { exportText } from './export-text.ts';

/** Renders the report for a terminal: its defects, the verdict, then the figures behind it. */
export function renderReport(report: Report, exporter: Exporter = exportText): string {
  const { verdict, verdicts, drains, batchingWindows, prices, scenario, model, target } = report;
  const windows = windowsSection(verdict, {
    prices,
    batchSize: scenario.deployment.batchSize,
    drained: drainedWindows(report),
  });
  // If freshness is worth 0 USD, both readers' thresholds are the same.
  const shown = verdicts.filter(({ reader }) => verdict.freshnessUsd > 0 || reader === verdict.reader);
  return exporter([
    headSection(report),
    select(windows, WINDOW_COLUMNS.terminal),
    select(regimesSection(shown, verdict.freshnessUsd), REGIME_COLUMNS),
    ...sensitivitySections(report),
    ...(drains.length === 0 ? [] : [select(drainsSection(report), DRAIN_COLUMNS)]),
    ...(batchingWindows.length === 0 ? [] : [batchingWindowsSection(report)]),
    pathsSection(report),
    ...inputSection(report),
    cpuErrors(model),
    endSection(report),
    { heading: '', howToRead: MEASURED[target.name] },
  ]);
}

/** The threshold with one input changed, and the finding about the rule of one hour below. */
function sensitivitySections({ sensitivity, verdict, rule }: Report): Section[] {
  const { finding } = ruleSection(rule);
  const notes = rule.length === 0 || finding === undefined ? [] : [finding];
  if (sensitivity.length > 0) return [{ ...sensitivitySection(sensitivity, verdict.thresholdSeconds), notes }];
  return notes.map((heading) => ({ heading }));
}

/** The errors of the key model stay out of the terminal. */
function cpuErrors({ fits: { microBatch, scheduledBatch }, ...model }: Report['model']): Section {
  const fits = { microBatch: { ...microBatch, rows: null }, scheduledBatch: { ...scheduledBatch, rows: null } };
  return errorsSection({ ...model, fits });
}

function headSection(report: Report): Section {
  const { exact, verdict, target, notMeasured } = report;
  const partial = partialStatus(report);
  const lines = exact
    ? [...(partial === null ? [] : [sayStatus(partial)]), verdict.sentence, sayStatus(exactnessStatus(report))]
    : [sayStatus(exactnessStatus(report)), `Not valid until the counts are exact: ${verdict.sentence}`];
  return {
    heading: [
      ...lines,
      ...notMeasured.map(({ what, why }) => `Not measured: ${what}: ${why}.`),
      sayTarget(target),
    ].join('\n'),
  };
}

function sayStatus({ head, text, details }: Status): string {
  return [`${head}: ${text}`, ...details.map((line) => `  ${line}`)].join('\n');
}

/** The place of the measurement, which its figures depend on. */
function sayTarget({ name, endpoint, region, stack, version, database }: Place): string {
  const where = [endpoint, region].filter((part) => part !== null).join(', ');
  return `Measured on ${name}${where === '' ? '' : ` (${where})`}: stack ${stack}, version ${version}, ${DATABASES[database]}.`;
}

const DATABASES: Record<Place['database'], string> = {
  aurora: 'a dedicated Aurora cluster',
  external: 'an existing database',
  embedded: 'its own PostgreSQL',
};

function inputSection({ load: { input } }: Report): Section[] {
  if (input === null) return [];
  const { linesRead, format, unparsed } = input;
  return [
    {
      heading: `Read ${formatCount(linesRead)} lines (${format ?? 'of no known format'}), could not parse ${formatCount(unparsed.count)}.`,
      notes: unparsed.examples
        .slice(0, 5)
        .map(({ line, reason, text }) => `line ${formatCount(line)}: ${reason}: ${text}`),
    },
  ];
}

/** Warnings, and the cost of the run. */
function endSection({ warnings, verdict, runCost, target }: Report): Section {
  const wouldCost = target.name === 'aws' ? 'This run costs' : 'On AWS this run would cost';
  return {
    heading: [
      ...[...warnings, ...verdict.warnings].map((warning) => `Warning: ${warning}`),
      `${wouldCost} about ${formatSmallUsd(runCost.totalUsd)} USD, ${formatSmallUsd(runCost.mostUsd)} at most (modelled).`,
    ].join('\n'),
  };
}

const MEASURED: Record<Place['name'], string> = {
  embedded: 'Measured figures are from this machine; its durations are never priced.',
  localstack:
    'Measured figures are from an emulator. Its durations say nothing about AWS, and they do not show which path is faster there.',
  aws: "Measured figures are from AWS. End to end includes the difference between this machine's clock and that of AWS.",
};
