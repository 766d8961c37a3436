import { createRandom } from '../statistics/random.ts';

export const FOLDS = 3;
const SEED = 1;

/**
 * A fold, 0 to 2, for each item. Of three items that follow each other in size each gets another fold, so that every fold has small
 * and large ones; which one gets which is drawn from a fixed seed, since a load that repeats its sizes in threes would otherwise
 * keep one kind out of a fold altogether. The same items in another order get the same folds.
 */
export function assignFolds<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number): Map<Item, number> {
  const random = createRandom(SEED);
  const folds = new Map<Item, number>();
  let free: number[] = [];
  for (const item of [...items].sort(compare)) {
    if (free.length === 0) free = Array.from({ length: FOLDS }, (_, fold) => fold);
    const [fold = 0] = free.splice(random() % free.length, 1);
    folds.set(item, fold);
  }
  return folds;
}
