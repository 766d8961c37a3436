import type { Distribution } from '#model/statistics/percentiles.ts';

/** A dash for what nobody reported. */
export function known(value: number | null, render: (value: number) => string): string {
  return value === null ? '–' : render(value);
}

export function spread(distribution: Distribution | null): string {
  if (distribution === null) return '–';
  const { p50, p95, p99, max } = distribution;
  return [p50, p95, p99, max].map(renderMs).join(' / ');
}

/** `320 ms`, `1.24 s`. */
export function renderMs(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** What was measured, and in brackets what was predicted. */
export function beside(render: (value: number) => string, measured: number, predicted: number): string {
  return `${render(measured)} (${render(predicted)})`;
}

/** What a title says of `beside`. */
export const PREDICTED = ' (in brackets: predicted unseen)';
