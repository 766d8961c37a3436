/** Rounded to 0.1, as what is summed are milliseconds with binary fractions. */
export function sumToTenth<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return Math.round(items.reduce((total, item) => total + of(item), 0) * 10) / 10;
}
