import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** One equation: Σ coefficient × term ≈ value, and how much it counts. */
export type Equation = { readonly terms: readonly number[]; readonly value: number; readonly weight: number };

/**
 * Share of a term that the terms before it must leave unexplained. Below, data can't tell them apart: the coefficients would be
 * large, and wrong wherever the terms come in another proportion.
 */
const LEAST_UNEXPLAINED = 1e-3;
/** A larger or later set of terms must be better than by rounding. */
const BETTER = 1 - 1e-9;

/**
 * The coefficients, none below 0, with the least Σ weight × (value − predicted)². Every subset of the terms is solved by its
 * normal equations and the best feasible one wins: with a handful of terms that is exact and cheap. Terms that can't be told apart
 * never stand together; of equally good ones the first stays, so the order of the terms says which is trusted more.
 *
 * @returns a coefficient for each term, 0 for those left out
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

/** Terms scaled to length 1, so that the matrix has ones in its diagonal and its pivots say how alike terms are. */
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
      matrix.set(i, j, value).set(j, i, value); // bit by bit the same, or it is not taken for symmetric
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

/** Null where its terms can't be told apart or a coefficient falls below 0. `gain`: by how much the squares' sum falls. */
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

/** Small sets before large ones, early terms before late ones. */
function subsetsOf(termCount: number): number[][] {
  const sets = Array.from({ length: 2 ** termCount - 1 }, (_, bits) =>
    Array.from({ length: termCount }, (_, index) => index).filter((index) => ((bits + 1) >> index) & 1),
  );
  return sets.sort((a, b) => a.length - b.length);
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
