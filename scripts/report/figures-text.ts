import type { Distribution } from '../stats/percentiles.ts';

/** A dash for what nobody reported. */
export function known(value: number | null, render: (value: number) => string): string {
  return value === null ? '–' : render(value);
}

export function spread(distribution: Distribution | null): string {
  if (distribution === null) return '–';
  const { p50, p95, p99, max } = distribution;
  return [p50, p95, p99, max].map(seconds).join(' / ');
}

export function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** What was measured, and in brackets what was predicted. */
export function beside(render: (value: number) => string, measured: number, predicted: number): string {
  return `${render(measured)} (${render(predicted)})`;
}

/** Of a share: whole percent, with a decimal below 10. */
export function percent(share: number): string {
  return `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: share < 0.1 ? 1 : 0 })} %`;
}

/** `1 window`, `84 windows`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** What a title says of `beside`. */
export const PREDICTED = ' (in brackets: predicted unseen)';
