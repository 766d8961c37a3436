/** `0.25`, `46.67`, `1,235`: two decimals at most where they tell something. */
export function formatAmount(amount: number): string {
  return amount.toLocaleString('en-US', { maximumFractionDigits: amount < 100 ? 2 : 0 });
}
