import { formatSpan } from '#text/format-span.ts';
import { formatUsd } from '#text/format-usd.ts';
import type { Unit } from './metric.ts';

const FORMATS: Readonly<Record<Unit, (value: number) => string>> = {
  ms: (value) => (Math.abs(value) < 1_000 ? `${round(value, 0)} ms` : `${round(value / 1_000, 2)} s`),
  s: formatSpan,
  'rows per final row': (value) => round(value, 2),
  'per million events': (value) => round(value, value < 100 ? 1 : 0),
  'ms per 1,000 events': (value) => `${round(value, value < 100 ? 1 : 0)} ms`,
  'USD a month': (value) => `${formatUsd(value)} USD`,
  'events/s': (value) => `${round(value, 0)}/s`,
};

/** `541 ms`, `2.64 s`, `53.10 USD`; only a threshold can be null. */
export function formatValue(unit: Unit, value: number | null): string {
  return value === null ? 'none up to a day' : FORMATS[unit](value);
}

/** `+2.10 s (+388.0 %)`; a dash where there is none. */
export function formatDifference(unit: Unit, difference: number | null, share: number | null): string {
  if (difference === null) return '–';
  const sign = difference < 0 ? '-' : '+';
  if (difference === 0) return 'none';
  const percent = share === null ? '' : ` (${sign}${round(Math.abs(share) * 100, 1)} %)`;
  return `${sign}${FORMATS[unit](Math.abs(difference))}${percent}`;
}

function round(value: number, digits: number): string {
  const text = value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}
