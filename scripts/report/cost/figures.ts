/** Two decimals, and no −0.00. */
export function usd(value: number): string {
  const text = value.toFixed(2);
  return text === '-0.00' ? '0.00' : text;
}

/** `5 %`, also below 10. */
export function wholePercent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
