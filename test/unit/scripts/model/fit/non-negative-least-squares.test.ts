import { describe, expect, it } from 'vitest';
import { type Equation, solveNonNegative } from '#model/fit/non-negative-least-squares.ts';

const equations = (...rows: [terms: number[], value: number, weight?: number][]): Equation[] =>
  rows.map(([terms, value, weight = 1]) => ({ terms, value, weight }));

/** To 9 decimals, as a matcher of whole arrays. */
const close = (...values: number[]) => values.map((value) => expect.closeTo(value, 9));

describe('solveNonNegative', () => {
  it('finds the line through points that lie on one', () => {
    expect(solveNonNegative(equations([[1, 1], 5], [[1, 2], 7], [[1, 4], 11]), 2)).toEqual(close(3, 2));
  });

  it('takes the least squares, as worked out by hand, where they do not', () => {
    // (0,1) (1,2) (2,4): slope Σ(x−1)(y−7/3)/Σ(x−1)² = 3/2, intercept 7/3 − 3/2 = 5/6.
    expect(solveNonNegative(equations([[1, 0], 1], [[1, 1], 2], [[1, 2], 4]), 2)).toEqual(close(5 / 6, 3 / 2));
  });

  it('counts an equation as often as it weighs', () => {
    // The mean of 1, 1, 1 and 5.
    expect(solveNonNegative(equations([[1], 1, 3], [[1], 5, 1]), 1)).toEqual(close(2));
  });

  it('leaves out a term that would have to be negative, and fits the rest anew', () => {
    // Free least squares through (1,1) (2,3): intercept −1, slope 2. Through the origin: (1 + 6) / (1 + 4).
    expect(solveNonNegative(equations([[1, 1], 1], [[1, 2], 3]), 2)).toEqual(close(0, 7 / 5));
  });

  it('gives all to the first of two terms that are the same', () => {
    expect(solveNonNegative(equations([[2, 2], 6], [[5, 5], 15]), 2)).toEqual(close(3, 0));
  });

  it('does not tell apart two terms that nearly are the same, however well they would fit together', () => {
    // Free: 1,000 × the first − 997 × the second or so; with both positive, a split that noise decides.
    const nearly = equations([[1, 1.001], 3], [[2, 2], 6.01], [[3, 2.999], 8.99], [[4, 4.001], 12]);
    const [first = 0, second = 0] = solveNonNegative(nearly, 2);
    expect([first, second].filter((coefficient) => coefficient > 0)).toHaveLength(1);
    expect(first + second).toBeCloseTo(3, 1);
  });

  it('gives 0 to a term that never comes', () => {
    expect(solveNonNegative(equations([[1, 0], 2], [[1, 0], 4]), 2)).toEqual(close(3, 0));
  });

  it.each([
    ['no equation', []],
    ['nothing but zeros', equations([[0], 0])],
    ['a value that no coefficient above 0 could explain', equations([[1], -1])],
  ])('gives 0 for %s', (_, given) => {
    expect(solveNonNegative(given, 1)).toEqual([0]);
  });

  it('finds the best of all subsets of five terms, whatever their sizes', () => {
    const rows = Array.from({ length: 20 }, (_, i): [number[], number] => {
      const terms = [1, 1_000 + 97 * i, (i * i) % 13, 50_000 * Math.abs(Math.sin(i)), (i % 5) * 1e-3];
      return [terms, 7 + 0.01 * (terms[1] ?? 0) + 2 * (terms[2] ?? 0) + 1e-4 * (terms[3] ?? 0)];
    });
    expect(solveNonNegative(equations(...rows), 5)).toEqual(close(7, 0.01, 2, 1e-4, 0));
  });
});
