/** The mean of the middle two where there is no middle one; 0 of nothing. */
export function medianOf(values: readonly number[]): number {
  const sorted = sort(values);
  const [lower = 0, upper = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return (lower + upper) / 2;
}

/**
 * The values at these shares by the nearest rank: always ones that are there; none of nothing.
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
