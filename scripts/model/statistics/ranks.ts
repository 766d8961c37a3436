/** The median; the mean of the middle two for an even number of values, 0 without values. */
export function medianOf(values: readonly number[]): number {
  const sorted = sort(values);
  const [lower = 0, upper = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return (lower + upper) / 2;
}

/**
 * The values at these shares by the nearest rank, so every result is one of the values; empty without values.
 *
 * @param shares above 0, 1 at most
 */
export function nearestRanks(values: readonly number[], shares: readonly number[]): number[] {
  const sorted = sort(values);
  return shares.flatMap((share) => sorted[Math.ceil(share * sorted.length) - 1] ?? []);
}

function sort(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
