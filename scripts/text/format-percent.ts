/** `1.2 %`, `46 %` of a share: whole percent, with a decimal below 10. */
export function formatPercent(share: number): string {
  return `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: share < 0.1 ? 1 : 0 })} %`;
}
