import { formatSpan } from '#text/format-span.ts';

/** Text in place of a missing figure. */
export const NONE = '–';

/** A figure that may be missing or not a number. */
export type MaybeNumber = number | null | undefined;

/** `$3.10`, `−$0.25`, `$1,235`: cents are shown below 1,000 USD. */
export function formatDollars(usd: MaybeNumber): string {
  return known(usd, (value) => {
    const size = Math.abs(value);
    if (size > 0 && size < 0.005) return value < 0 ? 'under −$0.01' : 'under $0.01';
    const digits = size < 1_000 ? 2 : 0;
    return `${value < 0 ? '−' : ''}$${formatWith(size, digits, digits)}`;
  });
}

/** A difference, with its sign. */
export function formatDollarDifference(usd: MaybeNumber): string {
  return known(usd, (value) => (value > 0 ? `+${formatDollars(value)}` : formatDollars(value)));
}

export function formatCount(count: MaybeNumber): string {
  return known(count, (value) => formatWith(Math.round(value), 0));
}

/** Three significant digits. */
export function formatNumber(number: MaybeNumber): string {
  return known(number, (value) => formatAs(value, { maximumSignificantDigits: 3 }));
}

export function formatShare(share: MaybeNumber): string {
  return known(share, (value) => `${formatWith(value * 100, Math.abs(value) < 0.1 ? 1 : 0)} %`);
}

/** `320 ms`, `1.24 s`, `4.1 minutes`. */
export function formatMs(ms: MaybeNumber): string {
  return known(ms, (value) => {
    if (Math.abs(value) < 1_000) return `${formatWith(value, Math.abs(value) < 10 ? 1 : 0)} ms`;
    return value < 60_000 ? `${formatWith(value / 1_000, 2)} s` : formatSpan(value / 1_000);
  });
}

export function formatSeconds(seconds: MaybeNumber): string {
  return known(seconds, (value) => formatMs(value * 1_000));
}

export function formatBytes(bytes: MaybeNumber): string {
  return known(bytes, (value) => {
    if (value < 1_000) return `${formatWith(value, 0)} bytes`;
    if (value < 1_000_000) return `${formatNumber(value / 1_000)} KB`;
    return value < 1_000_000_000
      ? `${formatNumber(value / 1_000_000)} MB`
      : `${formatNumber(value / 1_000_000_000)} GB`;
  });
}

function known(number: MaybeNumber, format: (value: number) => string): string {
  return typeof number === 'number' && Number.isFinite(number) ? format(number) : NONE;
}

function formatWith(value: number, most: number, least = 0): string {
  return formatAs(value, { maximumFractionDigits: most, minimumFractionDigits: least });
}

/** A number with a minus sign as wide as a digit; zero has no sign. */
function formatAs(value: number, options: Intl.NumberFormatOptions): string {
  const text = value.toLocaleString('en-US', options);
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text.replace('-', '−');
}
