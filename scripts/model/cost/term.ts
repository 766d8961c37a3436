import { extend, type Infer, number, object, oneOf, text } from '#text/schema.ts';
import { OWNERS } from '../deployment.ts';
import { GRADE, PRICES, type PriceId, type PriceTable, unitUsd } from '../prices/price-table.ts';

/** A used quantity of a priced item. */
export const USE = object({
  id: text('id of the line; both paths’ bills have the same'),
  label: text('what is used, in words'),
  owner: oneOf(OWNERS, 'owner: the path that needs it, or `shared` if both do'),
  price: oneOf(Object.keys(PRICES) as PriceId[], 'id of the price'),
  quantity: number('', 'used quantity, in `unit`'),
});
export type Use = Infer<typeof USE>;

/** A use of a stack, with its name for sentences. */
export type StackUse = Use & {
  /** Name in a sentence that has named the path, such as `Lambda duration`; the same in the bills of both paths. */
  readonly phrase: string;
};

/** One line of a bill with its list price. */
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

/** Sorts terms by cost, largest first, and equal costs by id, so that tables are stable. */
export function sortTerms<T extends Pick<Term, 'id' | 'costUsd'>>(terms: readonly T[]): T[] {
  return [...terms].sort((a, b) => b.costUsd - a.costUsd || compareText(a.id, b.id));
}

export function totalUsd(terms: readonly Term[]): number {
  return terms.reduce((sum, { costUsd }) => sum + costUsd, 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
