/** A function's name follows from its stack's, in whatever state that is; `entry` is its file in functions/. */
export function functionNameOf(stack: string, entry: 'micro-batch' | 'scheduled-batch' | 'results' | 'schema'): string {
  return `${stack}-${entry}`;
}
