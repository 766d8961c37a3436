import { type Infer, number, object } from '#text/schema.ts';

/** A value and how often it was seen. */
export type Weighted = { readonly value: number; readonly weight: number };

/** Values are rounded to 0.1 ms. */
export const DISTRIBUTION = object(
  {
    p50: number('ms', 'median, by the nearest rank: the value at rank ceil(share × count) of the sorted values'),
    p95: number('ms', '95th percentile, by the nearest rank'),
    p99: number('ms', '99th percentile, by the nearest rank'),
    max: number('ms', 'greatest value'),
    mean: number('ms', 'mean'),
    count: number('', 'number of values'),
  },
  'distribution',
);
export type Distribution = Infer<typeof DISTRIBUTION>;

export function distributionOf(values: readonly Weighted[]): Distribution | null {
  const ranked = rank(values);
  if (ranked === null) return null;
  const { sorted, count } = ranked;
  const percent = [50, 95, 99, 100];
  const [p50 = 0, p95 = 0, p99 = 0, max = 0] = valuesAtRanks(
    ranked,
    percent.map((each) => (each * count) / 100),
  );
  const mean = round(sorted.reduce((sum, { value, weight }) => sum + value * (weight / count), 0));
  return { p50, p95, p99, max, mean, count };
}

/**
 * The values at evenly spaced shares from 0 to 1, least and greatest value included; empty without values.
 *
 * @param quantiles 2 or more
 */
export function quantilesOf(values: readonly Weighted[], quantiles: number): number[] {
  const ranked = rank(values);
  if (ranked === null) return [];
  const steps = quantiles - 1;
  return valuesAtRanks(
    ranked,
    Array.from({ length: quantiles }, (_, i) => (i * ranked.count) / steps),
  );
}

type Ranked = { readonly sorted: readonly Weighted[]; readonly count: number };

function rank(values: readonly Weighted[]): Ranked | null {
  const sorted = values.filter(({ weight }) => weight > 0).sort((a, b) => a.value - b.value);
  return sorted.length === 0 ? null : { sorted, count: sorted.reduce((sum, { weight }) => sum + weight, 0) };
}

/** The values at rising ranks. A rank is rounded up and at least 1, so every result is one of the values. */
function valuesAtRanks({ sorted }: Ranked, ranks: readonly number[]): number[] {
  let at = 0;
  let seen = sorted[0]?.weight ?? 0;
  return ranks.map((wanted) => {
    while (seen < Math.ceil(wanted) && at < sorted.length - 1) {
      at += 1;
      seen += sorted[at]?.weight ?? 0;
    }
    return round(sorted[at]?.value ?? 0);
  });
}

/** Rounds to a tenth of a millisecond, as smaller differences are noise of the clocks. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
