import { sayPrices } from '#model/prices/say-prices.ts';
import type { Choice } from '#model/verdict/choice.ts';
import { formatSpan } from '#text/format-span.ts';
import { formatUsd } from '#text/format-usd.ts';
import { type Column, renderTable } from '#text/render-table.ts';
import type { Report } from '../definition/report.ts';
import { sayBatchingWindow, sayBatchSize, sayMemory } from '../words/setting.ts';

/** Each window's costs and delays by the model, what follows from them, and why. */
export function renderWindows({ verdict, scenario, drains, prices }: Report): string {
  const drained = new Set(drains.map(({ windowMs }) => windowMs / 1_000));
  const rows = verdict.windows.map(({ windowSeconds, stream, batch, decision }) => [
    formatSpan(windowSeconds),
    settingOf(stream),
    costOf(stream),
    delayOf(stream),
    `${costOf(batch)}${sayMemory(batch)}`,
    delayOf(batch),
    decision,
    drained.has(windowSeconds) ? 'yes' : 'no',
  ]);
  const region = prices.region ?? 'several regions';
  return [
    `Per window, modelled for AWS with ${sayPrices(prices)} of ${region}: USD a month, each path as if deployed alone`,
    renderTable(columnsFor(verdict.reader), rows),
    ...sayBatchSize(
      verdict.windows.map(({ stream }) => stream),
      scenario.deployment.batchSize,
    ).map((line) => `  ${line}`),
    ...verdict.windows.map(({ windowSeconds, reason }) => `  ${formatSpan(windowSeconds)}: ${reason}`),
  ].join('\n');
}

function columnsFor(reader: Report['verdict']['reader']): Column[] {
  const delay = reader === 'partial' ? 'freshness' : 'finality';
  return [
    { head: 'window', align: 'left' },
    { head: 'stream: batching window', align: 'right' },
    { head: 'USD', align: 'right' },
    { head: delay, align: 'right' },
    { head: 'batch: USD', align: 'right' },
    { head: delay, align: 'right' },
    { head: 'verdict', align: 'left' },
    { head: 'drain run', align: 'left' },
  ];
}

function settingOf(stream: Choice): string {
  return stream.possible ? `${sayBatchingWindow(stream)}${sayMemory(stream)}` : '–';
}

function costOf({ possible, costUsd }: Choice): string {
  return possible ? formatUsd(costUsd) : '–';
}

function delayOf({ possible, delaySeconds }: Choice): string {
  return possible ? formatSpan(delaySeconds) : '–';
}
