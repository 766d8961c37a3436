import { extend, type Infer, number, text } from '#text/schema.ts';
import { GRADE, type PriceTable, unitUsd } from '../prices/price-table.ts';
import { USE, type Use } from './use.ts';

/** One line of a bill, with its price as it is listed. */
export const TERM = extend(
  USE,
  {
    unit: text('what is priced'),
    usd: number('USD', 'price of `per` units'),
    per: number('', 'how many units `usd` pays for'),
    grade: GRADE,
    source: text('URL of the price'),
    seen: text('month in which the price was seen'),
    costUsd: number('USD', 'quantity × usd / per'),
  },
  'term',
);
export type Term = Infer<typeof TERM>;

/** @throws RangeError where the quantity is no number of 0 or more */
export function priceUse(prices: PriceTable, { id, label, owner, price, quantity }: Use): Term {
  const { usd, per, unit, grade, source, seen } = prices[price];
  const costUsd = usdOf(prices, { id, price, quantity });
  return { id, label, owner, price, quantity, usd, per, unit, grade, source, seen, costUsd };
}

/** @throws RangeError where the quantity is no number of 0 or more */
export function usdOf(prices: PriceTable, { id, price, quantity }: Pick<Use, 'id' | 'price' | 'quantity'>): number {
  if (quantity >= 0 && quantity < Infinity) return quantity * unitUsd(prices[price]);
  throw new RangeError(`Invalid quantity '${quantity}' of ${id}: expected 0 or more`);
}

/** Largest first; equal ones by their ids, so that a table is the same every time. */
export function sortTerms<T extends Pick<Term, 'id' | 'costUsd'>>(terms: readonly T[]): T[] {
  return [...terms].sort((a, b) => b.costUsd - a.costUsd || compareText(a.id, b.id));
}

export function totalUsd(terms: readonly Term[]): number {
  return terms.reduce((sum, { costUsd }) => sum + costUsd, 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
