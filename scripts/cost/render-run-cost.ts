import type { RunCost } from './run-cost.ts';

const SHOWN_TERMS = 3;

/** The estimate before a run, with its greatest parts. */
export function renderRunCost({ terms, totalUsd, mostUsd, databaseAwakeSeconds, assumptions }: RunCost): string {
  const parts = terms.slice(0, SHOWN_TERMS).map(({ label, costUsd }) => `  ${usd(costUsd)}  ${label}`);
  const rest = terms.slice(SHOWN_TERMS).reduce((sum, { costUsd }) => sum + costUsd, 0);
  if (rest > 0) parts.push(`  ${usd(rest)}  ${terms.length - SHOWN_TERMS} smaller terms`);
  const awake =
    databaseAwakeSeconds === 0
      ? ''
      : `; the database is kept awake for ${Math.ceil(databaseAwakeSeconds / 60)} minutes`;
  const unsure = terms.filter(({ grade }) => grade === 'T').map(({ label }) => label);
  return [
    `Estimated cost of this run: ${usd(totalUsd)} USD, ${usd(mostUsd)} at most${awake}.`,
    ...parts,
    ...(unsure.length === 0 ? [] : [`  Prices from third parties: ${unsure.join(', ')}.`]),
    `  Assumed: ${assumptions.join('; ')}.`,
  ].join('\n');
}

function usd(value: number): string {
  return value.toFixed(value < 0.1 ? 4 : 2);
}
