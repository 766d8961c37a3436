const CENT = 0.01;

/** `1,234.50`: two decimals, and no −0.00. */
export function formatUsd(usd: number): string {
  const text = usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return text === '-0.00' ? '0.00' : text;
}

/** `0.1234`, `0.15`: cents and less, which two decimals would hide. */
export function formatSmallUsd(usd: number): string {
  return usd.toFixed(usd < 0.1 ? 4 : 2);
}

/** Whether two costs differ by less than a cent. */
export function costTheSame(oneUsd: number, otherUsd: number): boolean {
  return Math.abs(oneUsd - otherUsd) < CENT;
}
