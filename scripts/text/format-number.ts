/** A whole number: `1,235`. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** A number with at most two decimals below 100, and none from there on: `0.25`, `46.67`, `1,235`. */
export function formatAmount(amount: number): string {
  return amount.toLocaleString('en-US', { maximumFractionDigits: amount < 100 ? 2 : 0 });
}

/** A share as whole percent, with one decimal below 10 %: `1.2 %`, `46 %`. */
export function formatPercent(share: number): string {
  return `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: share < 0.1 ? 1 : 0 })} %`;
}

/** An amount of money with two decimals, never −0.00: `1,234.50`. */
export function formatUsd(usd: number): string {
  const text = usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return text === '-0.00' ? '0.00' : text;
}

/** An amount of money with four decimals below 0.10 USD, as two would show cents as nothing: `0.0123`, `0.15`. */
export function formatSmallUsd(usd: number): string {
  return usd.toFixed(usd < 0.1 ? 4 : 2);
}

const CENT_USD = 0.01;

/** True if two costs differ by less than a cent. */
export function costTheSame(oneUsd: number, otherUsd: number): boolean {
  return Math.abs(oneUsd - otherUsd) < CENT_USD;
}

/**
 * A number and its noun: `1 event`, `1,000 hosts`, `0.25 events`.
 *
 * @param format writes the number; by default with at most one decimal, and below 1 with two significant digits
 */
export function plural(count: number, noun: string, format = formatBriefly): string {
  const text = format(count);
  return `${text} ${text === '1' ? noun : `${noun}s`}`;
}

function formatBriefly(count: number): string {
  const digits = count < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 1 };
  return count.toLocaleString('en-US', digits);
}

/** A number with at most three significant digits, but no rounded integer part: `0.0123`, `1.5`, `1,235`. */
export function sayAmount(value: number): string {
  const digits = value >= 100 || value === 0 ? 0 : Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(value))));
  return formatOf(digits).format(value);
}

/** A share in percent with the digits of `sayAmount`: `72.5 %`. */
export function sayShare(share: number): string {
  return `${sayAmount(share * 100)} %`;
}

/** A time in the unit that suits its length: `0.42 s`, `5 min`, `1.5 h`. */
export function saySeconds(value: number): string {
  if (value >= 7_200 || (value >= 3_600 && value % 1_800 === 0)) return `${sayAmount(value / 3_600)} h`;
  return value >= 300 || (value >= 60 && value % 60 === 0) ? `${sayAmount(value / 60)} min` : `${sayAmount(value)} s`;
}

const FORMATS = new Map<number, Intl.NumberFormat>();

/** A kept format. `toLocaleString` makes a new one for every figure, and a verdict writes thousands of figures. */
function formatOf(maximumFractionDigits: number): Intl.NumberFormat {
  const known = FORMATS.get(maximumFractionDigits);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en-US', { maximumFractionDigits });
  FORMATS.set(maximumFractionDigits, format);
  return format;
}
