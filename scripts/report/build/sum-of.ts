/** Rounded to 0.1: what is summed are milliseconds with binary fractions. */
export function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return Math.round(items.reduce((total, item) => total + of(item), 0) * 10) / 10;
}
