import type { Choice } from '#model/verdict/choice.ts';
import { formatSpan } from '#text/format-span.ts';
import { formatUsd } from '#text/format-usd.ts';
import { type Column, renderTable } from '#text/render-table.ts';
import type { WindowReport } from '../definition/report.ts';
import { sayBatchingWindow, sayBatchSize, sayMemory } from '../words/setting.ts';
import type { Answer } from './answer.ts';

const NONE = '–';

/** Both paths at each window: cost and its parts, what the reader waits, which one it is, and why. */
export function renderWindows({ verdict, scenario }: Pick<Answer, 'verdict' | 'scenario'>): string {
  const columns: Column[] = [
    { head: 'window', align: 'left' },
    { head: 'path', align: 'left' },
    { head: 'USD', align: 'right' },
    { head: 'shared', align: 'right' },
    { head: 'fixed', align: 'right' },
    { head: 'variable', align: 'right' },
    { head: 'awake', align: 'right' },
    { head: 'shards', align: 'right' },
    { head: verdict.reader === 'partial' ? 'freshness' : 'finality', align: 'right' },
    { head: 'decision', align: 'left' },
  ];
  const reasons = verdict.windows.map(({ windowSeconds, reason }) => `  ${formatSpan(windowSeconds)}: ${reason}`);
  const sizes = sayBatchSize(
    verdict.windows.map(({ stream }) => stream),
    scenario.deployment.batchSize,
  ).map((line) => `  ${line}`);
  return [renderTable(columns, verdict.windows.flatMap(rowsOf)), '', ...sizes, ...reasons].join('\n');
}

function rowsOf({ windowSeconds, stream, batch, decision }: WindowReport): string[][] {
  return [
    [formatSpan(windowSeconds), settingOf(stream), ...figuresOf(stream), decision],
    ['', `batch${sayMemory(batch)}`, ...figuresOf(batch), ''],
  ];
}

function settingOf(stream: Choice): string {
  const batching = stream.batchingWindowSeconds ? `, batching window ${sayBatchingWindow(stream)}` : '';
  return `stream${sayMemory(stream)}${batching}`;
}

function figuresOf(choice: Choice): string[] {
  if (!choice.possible) return ['impossible', NONE, NONE, NONE, NONE, NONE, NONE];
  const { costUsd, sharedUsd, fixedUsd, variableUsd, awakeShare, shards, delaySeconds } = choice;
  return [
    ...[costUsd, sharedUsd, fixedUsd, variableUsd].map(formatUsd),
    `${(awakeShare * 100).toLocaleString('en-US', { maximumFractionDigits: 0 })} %`,
    shards.toLocaleString('en-US'),
    formatSpan(delaySeconds),
  ];
}
