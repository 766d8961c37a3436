import { formatSmallUsd } from '#text/format-usd.ts';
import type { RunCost } from './run-cost.ts';

const SHOWN_TERMS = 3;

/** The estimate before a run, with its greatest parts. */
export function renderRunCost(cost: RunCost): string {
  const { phases, terms, totalUsd, mostUsd, databaseAwakeSeconds, assumptions } = cost;
  const parts = terms.slice(0, SHOWN_TERMS).map(({ label, costUsd }) => `  ${formatSmallUsd(costUsd)}  ${label}`);
  const rest = terms.slice(SHOWN_TERMS).reduce((sum, { costUsd }) => sum + costUsd, 0);
  if (rest > 0) parts.push(`  ${formatSmallUsd(rest)}  ${terms.length - SHOWN_TERMS} smaller terms`);
  const awake =
    databaseAwakeSeconds === 0
      ? ''
      : `; the database is kept awake for ${Math.ceil(databaseAwakeSeconds / 60)} minutes`;
  const unsure = terms.filter(({ grade }) => grade === 'T').map(({ label }) => label);
  return [
    `Estimated cost of this run: ${formatSmallUsd(totalUsd)} USD, ${formatSmallUsd(mostUsd)} at most${awake}.`,
    ...parts,
    ...(unsure.length === 0 ? [] : [`  Prices from third parties: ${unsure.join(', ')}.`]),
    ...(phases.length < 2 ? [] : [`  In ${phases.length} steps: ${countNames(phases).join(', ')}.`]),
    `  Assumed: ${assumptions.join('; ')}.`,
  ].join('\n');
}

/** `3 × live run` where a name comes so often. */
function countNames(names: readonly string[]): string[] {
  return [...new Set(names)].map((name) => {
    const times = names.filter((other) => other === name).length;
    return times === 1 ? name : `${times} × ${name}`;
  });
}
