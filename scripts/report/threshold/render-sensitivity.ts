import type { SensitivityRow } from '#model/verdict/sensitivity.ts';
import { formatSpan } from '#text/format-span.ts';
import { renderTable } from '#text/render-table.ts';
import type { Answer } from './answer.ts';

/** How the threshold moves when one thing is another: a line for each thing. */
export function renderSensitivity({ sensitivity, verdict }: Pick<Answer, 'sensitivity' | 'verdict'>): string {
  if (sensitivity.length === 0) return '';
  const kinds = [...new Set(sensitivity.map(({ what }) => what))];
  const rows = kinds.map((kind) => [kind, ...sensitivity.filter(({ what }) => what === kind).map(cellOf)]);
  const most = rows.reduce((longest, row) => Math.max(longest, row.length), 0);
  const columns = Array.from({ length: most }, (_, index) => ({
    head: index === 0 ? `Threshold, ${named(verdict.thresholdSeconds)} as asked, with other` : '',
    align: 'left' as const,
  }));
  return renderTable(
    columns,
    rows.map((row) => [...row, ...new Array<string>(most - row.length).fill('')]),
  );
}

function cellOf({ what, factor, thresholdSeconds }: SensitivityRow): string {
  const by = factor.toLocaleString('en-US');
  return `${what === 'value of freshness' ? `${by} USD` : `× ${by}`}: ${named(thresholdSeconds)}`;
}

function named(thresholdSeconds: number | null): string {
  return thresholdSeconds === null ? 'none' : formatSpan(thresholdSeconds);
}
