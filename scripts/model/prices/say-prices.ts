/** Whose prices figures are made with, as part of a sentence. */
export function sayPrices({ builtIn }: { readonly builtIn: boolean }): string {
  return builtIn ? 'list prices' : 'given prices';
}
