/** `1,235`: a whole number. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
