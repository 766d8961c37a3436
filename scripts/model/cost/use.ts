import { type Infer, number, object, oneOf, text } from '#text/schema.ts';
import { OWNERS } from '../deployment.ts';
import { PRICES, type PriceId } from '../prices/price-table.ts';

/** How much of something is used. */
export const USE = object({
  id: text('id of the line; both paths’ bills have the same'),
  label: text('what is used, in words'),
  owner: oneOf(OWNERS, 'whose it is: one path’s, or both paths need it'),
  price: oneOf(Object.keys(PRICES) as PriceId[], 'id of the price'),
  quantity: number('', 'how much is used, in `unit`'),
});
export type Use = Infer<typeof USE>;

/** What a stack uses of something. */
export type StackUse = Use & {
  /** In words, for a sentence that has named the path: `Lambda duration`, `stream (shards)`. Both paths' bills have the same. */
  readonly phrase: string;
};
