const FORMATS = new Map<number, Intl.NumberFormat>();

/** Three digits that tell something, at most: 0.0123, 1.5, 1,235. */
export function sayAmount(value: number): string {
  const digits = value >= 100 || value === 0 ? 0 : Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(value))));
  return formatOf(digits).format(value);
}

export function sayShare(share: number): string {
  return `${sayAmount(share * 100)} %`;
}

/** `0.42 s`, `5 min`, `1.5 h`. */
export function saySeconds(value: number): string {
  if (value >= 7_200 || (value >= 3_600 && value % 1_800 === 0)) return `${sayAmount(value / 3_600)} h`;
  return value >= 300 || (value >= 60 && value % 60 === 0) ? `${sayAmount(value / 60)} min` : `${sayAmount(value)} s`;
}

/** As `toLocaleString` would, which makes a format of its own for each figure. */
function formatOf(maximumFractionDigits: number): Intl.NumberFormat {
  const known = FORMATS.get(maximumFractionDigits);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en-US', { maximumFractionDigits });
  FORMATS.set(maximumFractionDigits, format);
  return format;
}
