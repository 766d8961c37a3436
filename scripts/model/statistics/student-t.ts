/**
 * Student's t for any degrees of freedom above 0, whole or not. The tails use the regularized incomplete beta function as a continued
 * fraction; the critical value is found by bisection. Both are exact to about 10 digits.
 */

/** Share of the distribution beyond ±t. */
export function bothTailsBeyond(t: number, freedom: number): number {
  const t2 = t * t;
  if (t2 === 0) return 1;
  return incompleteBeta(freedom / (freedom + t2), freedom / 2, 0.5);
}

/** The t that leaves `share` (above 0, below 1) of the distribution beyond ±t. */
export function criticalT(share: number, freedom: number): number {
  let least = 0;
  let most = 1;
  while (bothTailsBeyond(most, freedom) > share) most *= 2;
  let isSettled = false;
  for (let step = 0; step < 100 && !isSettled; step++) {
    const middle = (least + most) / 2;
    // No number lies between neighbours, so further steps would change nothing.
    isSettled = middle === least || middle === most;
    if (bothTailsBeyond(middle, freedom) > share) least = middle;
    else most = middle;
  }
  return (least + most) / 2;
}

/** The regularized incomplete beta function I_x(a, b). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x >= 1) return 1;
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  // Each of the two fractions converges fast only on its own side of the mean.
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** Replaces smaller values, so that Lentz' method never divides by 0. */
const LEAST = 1e-300;

/** The continued fraction of I_x(a, b), computed with Lentz' method (Numerical Recipes, 6.4). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-14) break;
  }
  return fraction;
}

function away(value: number): number {
  return Math.abs(value) < LEAST ? LEAST : value;
}

// Coefficients of Lanczos' approximation with g = 7 and 9 terms; it is good to 15 digits.
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

function lnGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - lnGamma(1 - z);
  const x = z - 1;
  const sum = LANCZOS.reduce((total, term, i) => total + (i === 0 ? term : term / (x + i)), 0);
  const t = x + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}
