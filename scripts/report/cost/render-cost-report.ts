import type { MonthlyTerm } from '#model/cost/monthly-cost.ts';
import { GRADES, type Grade } from '#model/prices/price-table.ts';
import { formatDuration } from '#text/duration.ts';
import { formatAmount } from '#text/format-amount.ts';
import { formatCount } from '#text/format-count.ts';
import { renderTable } from '#text/render-table.ts';
import type { CostReport, OverviewRow } from './cost-report.ts';
import { usd, wholePercent } from './figures.ts';
import type { Saving } from './measures.ts';
import { renderCostHead } from './render-cost-head.ts';

/** The report as text: the bill, the choices beside it, and what would make it smaller. */
export function renderCostReport(report: CostReport): string {
  const { cost, overview, savings } = report;
  return [
    renderCostHead(report),
    renderBill(cost),
    renderGrades(cost.terms),
    `By what is deployed, USD a month\n\n${renderOverview(overview, cost)}`,
    `How to make it smaller: USD a month that each measure alone saves\n\n${renderSavings(savings, cost)}`,
    HOW_TO_READ,
  ].join('\n\n');
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
      { head: 'USD a month', align: 'left' },
      { head: 'quantity', align: 'right' },
      { head: 'unit', align: 'left' },
      { head: 'unit price', align: 'right' },
      { head: 'grade', align: 'left' },
      { head: 'idle', align: 'right' },
      { head: `${formatAmount(workload.eventsPerSecond)}/s`, align: 'right' },
    ],
    [...rows, ['Total', '', '', '', '', usd(idleUsd), usd(totalUsd)]],
  );
}

/** In millions where the price is for a million: 104.8 million at 0.20, not 104,782,127 at 0.0000002. */
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
      { head: 'paths', align: 'left' },
      { head: 'window', align: 'right' },
      { head: 'awake', align: 'right' },
      { head: 'idle', align: 'right' },
      { head: `${formatAmount(workload.eventsPerSecond)}/s`, align: 'right' },
      { head: 'one event a record', align: 'right' },
      { head: 'its shards', align: 'right' },
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
    [
      { head: 'measure', align: 'left' },
      { head: 'idle', align: 'right' },
      { head: `${formatAmount(workload.eventsPerSecond)}/s`, align: 'right' },
      { head: 'how', align: 'left' },
    ],
    savings.map(({ what, how, idleUsd, loadUsd }) => [what, usd(idleUsd), usd(loadUsd), how]),
  );
}

const HOW_TO_READ = `How to read this
  idle: nothing comes; that part is fixed, the rest follows the load. A scheduled batch asks the database once a window all the
  same, and a database that is asked every 5 minutes never pauses
  List prices: no free tier, discount or tax. All of it is modelled: rows, records and CPU from the benchmark's measurements,
  time in the database and on Lambda from assumptions; --json lists them. Storage grows by as much again every month`;
