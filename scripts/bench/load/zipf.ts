/**
 * A sampler of ranks 0 … count − 1 whose probabilities fall as 1 / (rank + 1)^exponent; exponent 0 is uniform.
 * It maps a number in [0, 1) to a rank, so that the caller owns the randomness.
 */
export function createZipf(count: number, exponent: number): (unit: number) => number {
  const cumulative = new Float64Array(count);
  let total = 0;
  for (let rank = 0; rank < count; rank += 1) {
    total += (rank + 1) ** -exponent;
    cumulative[rank] = total;
  }
  return (unit) => {
    const target = unit * total;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] ?? total) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
