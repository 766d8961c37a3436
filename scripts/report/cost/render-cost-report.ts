import type { MonthlyTerm } from '#model/cost/monthly-cost.ts';
import type { Deployment } from '#model/deployment.ts';
import { GRADES, type Grade } from '#model/prices/price-table.ts';
import { planSchedule } from '#model/timing/schedule.ts';
import { bytesPerSecond, recordsPerSecond, SHARD_LOAD, type Workload } from '#model/workload/workload.ts';
import { formatDuration } from '#text/duration.ts';
import { formatAmount, formatCount, plural } from '#text/format-number.ts';
import { left, renderTable, right } from '#text/render-table.ts';
import type { CostReport, OverviewRow } from './cost-report.ts';
import type { Saving } from './measures.ts';

/** The report as text: the bill, the choices beside it, and what would make it smaller. */
export function renderCostReport(report: CostReport): string {
  const { cost, overview, savings } = report;
  return [
    renderHead(report),
    renderBill(cost),
    renderGrades(cost.terms),
    `By what is deployed, USD a month\n\n${renderOverview(overview, cost)}`,
    `How to make it smaller: USD a month that each measure alone saves\n\n${renderSavings(savings, cost)}`,
    HOW_TO_READ,
  ].join('\n\n');
}

/** The load and the deployment that are priced, with a line for each part that can't work. */
function renderHead({ region, cost, shardsNeeded }: CostReport): string {
  const { deployment, workload } = cost;
  const { paths, shards } = deployment;
  const stack = `paths=${paths}, windows of ${windowText(deployment)}, ${plural(shards, 'shard')}`;
  return [
    `Monthly cost of a deployed stack (730 hours, ${region ?? 'several regions'}): ${stack}`,
    describeLoad(workload),
    describeDatabase(cost),
    ...describeBatch(cost),
    ...(shards < shardsNeeded
      ? [`Too few shards: this load takes ${shardsNeeded}, each at ${wholePercent(SHARD_LOAD)} of what it takes in.`]
      : []),
  ].join('\n');
}

function describeLoad(workload: Workload): string {
  const { eventsPerSecond, eventBytes, keys } = workload;
  const records = recordsPerSecond(workload);
  if (records === 0) return 'No events.';
  const packed = `${(eventsPerSecond / records).toFixed(1)} in a record`;
  const stream = `${formatAmount(records)} records/s, ${formatAmount(bytesPerSecond(workload) / 1_000)} KB/s`;
  const over = keys.kind === 'zipf' ? ` × ${formatCount(keys.referrers)} referrers` : ', as measured';
  return `${formatAmount(eventsPerSecond)} events/s of ${formatCount(eventBytes)} bytes, ${packed}: ${stream}, over ${formatCount(keys.hosts)} hosts${over}.`;
}

function describeDatabase({ deployment, awakeShare, acuAwake }: CostReport['cost']): string {
  const { regime, monthsKept } = deployment;
  const kept = `counts and ledger of ${plural(monthsKept, 'month', formatAmount)} are kept`;
  if (regime === 'shared') return `Database: shared, charged for the load alone; ${kept}.`;
  return `Database (${regime}): awake ${wholePercent(awakeShare)} of the time at ${acuAwake.toFixed(1)} ACU; ${kept}.`;
}

function describeBatch({ batchSeconds, batchParts, deployment }: CostReport['cost']): string[] {
  if (batchSeconds === null || batchParts === null) return [];
  const parts = batchParts === 1 ? '' : `, in ${formatCount(batchParts)} invocations`;
  const takes = `A scheduled batch takes ${formatAmount(batchSeconds)} s${parts}`;
  return batchSeconds <= planSchedule(deployment).intervalSeconds
    ? [`${takes}.`]
    : [`${takes}, longer than its window of ${windowText(deployment)}: it can't keep up, and no figure here holds.`];
}

function windowText({ windowSeconds }: Deployment): string {
  return formatDuration(windowSeconds * 1_000);
}

function renderBill({ terms, totalUsd, idleUsd, workload }: CostReport['cost']): string {
  const rows = terms.map((term) => [
    term.label,
    ...renderQuantity(term),
    term.grade,
    usd(term.idleUsd),
    usd(term.costUsd),
  ]);
  return renderTable(
    [
      left('USD a month'),
      right('quantity'),
      left('unit'),
      right('unit price'),
      left('grade'),
      right('idle'),
      right(`${formatAmount(workload.eventsPerSecond)}/s`),
    ],
    [...rows, ['Total', '', '', '', '', usd(idleUsd), usd(totalUsd)]],
  );
}

/** A quantity in the unit of its price: 104.8 million at 0.20, not 104,782,127 at 0.0000002. */
function renderQuantity({ quantity, unit, usd, per }: MonthlyTerm): [quantity: string, unit: string, price: string] {
  return [formatAmount(quantity / per), `${PER_NAMES[per] ?? `× ${per} `}${unit}`, String(usd)];
}

const PER_NAMES: Readonly<Record<number, string>> = { 1: '', 1000: 'thousand ', 10000: '10,000 ', 1000000: 'million ' };

function renderGrades(terms: readonly MonthlyTerm[]): string {
  const used = (Object.keys(GRADES) as Grade[]).filter((grade) => terms.some((term) => term.grade === grade));
  return used.map((grade) => `${grade}: ${GRADES[grade]}`).join('\n');
}

function renderOverview(rows: readonly OverviewRow[], { workload }: CostReport['cost']): string {
  return renderTable(
    [
      left('paths'),
      right('window'),
      right('awake'),
      right('idle'),
      right(`${formatAmount(workload.eventsPerSecond)}/s`),
      right('one event a record'),
      right('its shards'),
    ],
    rows.map((row) => [
      row.paths,
      formatDuration(row.windowSeconds * 1_000),
      wholePercent(row.awakeShare),
      usd(row.idleUsd),
      usd(row.loadUsd),
      usd(row.unpackedUsd),
      formatCount(row.unpackedShards),
    ]),
  );
}

function renderSavings(savings: readonly Saving[], { workload }: CostReport['cost']): string {
  return renderTable(
    [left('measure'), right('idle'), right(`${formatAmount(workload.eventsPerSecond)}/s`), left('how')],
    savings.map(({ what, how, idleUsd, loadUsd }) => [what, usd(idleUsd), usd(loadUsd), how]),
  );
}

/** Two decimals, and no −0.00. */
function usd(value: number): string {
  const text = value.toFixed(2);
  return text === '-0.00' ? '0.00' : text;
}

/** `5 %`, also below 10. */
function wholePercent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

const HOW_TO_READ = `How to read this
  idle: nothing comes; that part is fixed, the rest follows the load. A scheduled batch asks the database once a window all the
  same, and a database that is asked every 5 minutes never pauses
  List prices: no free tier, discount or tax. All of it is modelled: rows, records and CPU from the benchmark's measurements,
  time in the database and on Lambda from assumptions; --json lists them. Storage grows by as much again every month`;
