import type { Owner } from '../deployment.ts';
import { type Grade, type PriceId, type PriceTable, unitUsd } from '../prices/price-table.ts';

/** A line of a bill before anything is used. */
export type Line = Omit<StackUse, 'quantity'>;

export function useOf({ id, label, phrase, owner, price }: Line, quantity: number): StackUse {
  return { id, label, phrase, owner, price, quantity };
}

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

/** What a stack uses of something. */
export type StackUse = Use & {
  /** In words, for a sentence that has named the path: `Lambda duration`, `stream (shards)`. Both paths' bills have the same. */
  readonly phrase: string;
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
  const { id, label, owner, price, quantity } = use; // spread, it would take ten times as long, and bills are made by the thousand
  const { usd, per, unit, grade, source, seen } = prices[price];
  const costUsd = usdOf(prices, use);
  return { id, label, owner, price, quantity, usd, per, unit, grade, source, seen, costUsd };
}

/** @throws RangeError where the quantity is no number of 0 or more */
export function usdOf(prices: PriceTable, { id, price, quantity }: Use): number {
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
