import type { Limit } from '#model/limits/limit.ts';
import type { Choice } from '#model/verdict/choice.ts';
import type { JudgedWindow } from '#model/verdict/judged-window.ts';
import { formatSpan } from '#text/format-span.ts';
import type { VerdictReport } from '../definition/report.ts';

type Bound = { readonly choice: Choice; readonly limit: Limit };

const NAMES = { 'micro-batch': 'stream', 'scheduled-batch': 'batch' } as const;

/** What binds each path, at the window where it binds most, and both side by side on one stream; says so where nothing does. */
export function renderLimits({ windows, besideEachOther }: Pick<VerdictReport, 'windows' | 'besideEachOther'>): string {
  return [renderAlone(windows), ...renderBeside(windows, besideEachOther)].join('\n');
}

function renderBeside(windows: readonly JudgedWindow[], limits: readonly Limit[]): string[] {
  if (limits.length === 0) return [];
  const largest = windows.reduce((most, { windowSeconds }) => Math.max(most, windowSeconds), 0);
  return [
    `Limits where both run side by side on one stream, at ${formatSpan(largest)}`,
    ...limits.map((limit) => `  both, ${limit.id}: ${textOf(limit)}`),
  ];
}

function renderAlone(windows: readonly JudgedWindow[]): string {
  const bounds = windows.flatMap(({ stream, batch }) => [...boundsOf(stream), ...boundsOf(batch)]);
  const kinds = [...new Set(bounds.map(kindOf))];
  if (kinds.length === 0) return 'Limits: none comes near, at any of these windows.';
  const lines = kinds.map((kind) =>
    renderBound(
      bounds.filter((bound) => kindOf(bound) === kind),
      windows.length,
    ),
  );
  return ['Limits that bind, from half of what there is on', ...lines].join('\n');
}

function boundsOf(choice: Choice): Bound[] {
  return choice.limits.map((limit) => ({ choice, limit }));
}

function kindOf({ choice, limit }: Bound): string {
  return `${NAMES[choice.path]}, ${limit.id}`;
}

/** @param judged how many windows there are */
function renderBound(bounds: readonly Bound[], judged: number): string {
  const most = bounds.reduce((one, other) => (other.limit.use > one.limit.use ? other : one));
  const sizes = bounds.map(({ choice }) => formatSpan(choice.windowSeconds));
  const alike = bounds.every(({ limit }) => limit.text === most.limit.text);
  const where = bounds.length === judged ? 'at every window' : `at ${sizes.join(', ')}`;
  const mostly = alike ? '' : `, most at ${formatSpan(most.choice.windowSeconds)}`;
  return `  ${kindOf(most)}, ${where}${mostly}: ${textOf(most.limit)}`;
}

function textOf({ text, possible }: Limit): string {
  return `${text}${possible ? '' : ' (impossible)'}`;
}
