import { type Grade, type PriceId, type PriceTable, unitUsd } from '../prices/price-table.ts';

/** Whom a term is for: what either path needs, or one path alone. */
export type Owner = 'shared' | 'micro-batch' | 'scheduled-batch';

/** How much of something is used. */
export type Use = {
  readonly id: string;
  /** In words, for a table. */
  readonly label: string;
  readonly owner: Owner;
  readonly price: PriceId;
  /** In the price's unit. */
  readonly quantity: number;
};

/** One line of a bill. */
export type Term = Use & {
  readonly unit: string;
  /** The price as it is listed: USD for so many units. */
  readonly usd: number;
  readonly per: number;
  readonly grade: Grade;
  readonly source: string;
  readonly seen: string;
  readonly costUsd: number;
};

/** @throws RangeError where the quantity is no number of 0 or more */
export function priceUse(prices: PriceTable, use: Use): Term {
  if (!(use.quantity >= 0 && use.quantity < Infinity)) {
    throw new RangeError(`Invalid quantity '${use.quantity}' of ${use.id}: expected 0 or more`);
  }
  const price = prices[use.price];
  const { usd, per, unit, grade, source, seen } = price;
  return { ...use, usd, per, unit, grade, source, seen, costUsd: use.quantity * unitUsd(price) };
}

/** Largest first; equal ones by their ids, so that a table is the same every time. */
export function sortTerms<T extends Term>(terms: readonly T[]): T[] {
  return [...terms].sort((a, b) => b.costUsd - a.costUsd || compareText(a.id, b.id));
}

export function totalUsd(terms: readonly Term[]): number {
  return terms.reduce((sum, { costUsd }) => sum + costUsd, 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
