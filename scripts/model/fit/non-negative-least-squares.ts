import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** One weighted equation: Σ coefficient × term ≈ value. */
export type Equation = { readonly terms: readonly number[]; readonly value: number; readonly weight: number };

/**
 * Share of a term that the terms before it must leave unexplained. Below it, the data cannot tell the terms apart: coefficients would
 * be large, and wrong for terms in another proportion.
 */
const LEAST_UNEXPLAINED = 1e-3;
/** A larger or later set of terms must be better by more than rounding. */
const BETTER = 1 - 1e-9;

/**
 * Finds the coefficients, none below 0, with the least Σ weight × (value − predicted)². Every subset of the terms is solved by its
 * normal equations, and the best feasible one wins; with a handful of terms this is exact and cheap. Terms that cannot be told apart
 * are never in one solution. Among equally good subsets the first wins, so earlier terms are trusted more.
 *
 * @returns one coefficient per term, 0 for a term that is left out
 */
export function solveNonNegative(equations: readonly Equation[], termCount: number): number[] {
  const normal = normalEquations(equations, termCount);
  let best = { coefficients: new Array<number>(termCount).fill(0), gain: 0 };
  for (const subset of subsetsOf(termCount)) {
    const solved = solveSubset(normal, subset);
    if (solved !== null && solved.gain * BETTER > best.gain) best = solved;
  }
  return best.coefficients;
}

/** Normal equations of terms scaled to length 1. The diagonal is 1, so the pivots show how similar the terms are. */
type NormalEquations = { readonly scales: number[]; readonly matrix: Matrix; readonly vector: number[] };

function normalEquations(equations: readonly Equation[], termCount: number): NormalEquations {
  const indexes = Array.from({ length: termCount }, (_, index) => index);
  const sum = (of: (equation: Equation) => number): number =>
    equations.reduce((total, equation) => total + equation.weight * of(equation), 0);
  const scales = indexes.map((i) => Math.sqrt(sum(({ terms }) => at(terms, i) ** 2)));
  const scaled = (value: number, scale: number): number => (scale === 0 ? 0 : value / scale);
  const matrix = Matrix.zeros(termCount, termCount);
  for (const i of indexes) {
    for (const j of indexes.slice(i)) {
      const product = sum(({ terms }) => at(terms, i) * at(terms, j));
      const value = scaled(scaled(product, at(scales, i)), at(scales, j));
      matrix.set(i, j, value).set(j, i, value); // both values must be identical, or the matrix does not count as symmetric
    }
  }
  const vector = indexes.map((i) =>
    scaled(
      sum(({ terms, value }) => at(terms, i) * value),
      at(scales, i),
    ),
  );
  return { scales, matrix, vector };
}

/** @returns null if terms cannot be told apart or a coefficient is below 0; `gain` is the decrease of the sum of squares */
function solveSubset(
  { scales, matrix, vector }: NormalEquations,
  subset: readonly number[],
): { coefficients: number[]; gain: number } | null {
  if (subset.some((index) => at(scales, index) === 0)) return null;
  const decomposition = new CholeskyDecomposition(matrix.selection([...subset], [...subset]));
  if (!decomposition.isPositiveDefinite()) return null;
  const pivots = decomposition.lowerTriangularMatrix.diagonal();
  if (pivots.some((pivot) => pivot ** 2 < LEAST_UNEXPLAINED)) return null;
  const right = subset.map((index) => at(vector, index));
  const solution = decomposition.solve(Matrix.columnVector(right)).to1DArray();
  if (solution.some((coefficient) => coefficient < 0)) return null;
  const coefficients = new Array<number>(scales.length).fill(0);
  for (const [position, index] of subset.entries()) coefficients[index] = at(solution, position) / at(scales, index);
  return { coefficients, gain: right.reduce((total, value, position) => total + value * at(solution, position), 0) };
}

/** All subsets: small sets first, and among equal sizes early terms first. */
function subsetsOf(termCount: number): number[][] {
  const sets = Array.from({ length: 2 ** termCount - 1 }, (_, bits) =>
    Array.from({ length: termCount }, (_, index) => index).filter((index) => ((bits + 1) >> index) & 1),
  );
  return sets.sort((a, b) => a.length - b.length);
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
