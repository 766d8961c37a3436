/** A value and how often it was seen. */
export type Weighted = { readonly value: number; readonly weight: number };

/** p50, p95 and p99 by the nearest rank, the greatest value, and how many were seen; null where none was. */
export type Distribution = { p50: number; p95: number; p99: number; max: number; count: number };

/** The value at rank ceil(share × count) of the sorted values, so always one that was seen. */
export function distributionOf(values: readonly Weighted[]): Distribution | null {
  const sorted = values.filter(({ weight }) => weight > 0).sort((a, b) => a.value - b.value);
  const last = sorted.at(-1);
  if (last === undefined) return null;
  const count = sorted.reduce((sum, { weight }) => sum + weight, 0);
  const at = (share: number): number => {
    const rank = Math.ceil(share * count);
    let seen = 0;
    for (const { value, weight } of sorted) {
      seen += weight;
      if (seen >= rank) return round(value);
    }
    return round(last.value);
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: round(last.value), count };
}

/** To a tenth of a millisecond: what lies below is noise of the clocks. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
