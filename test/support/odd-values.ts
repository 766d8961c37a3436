/** Where in a value something stands that JSON has no word for: undefined, NaN, an infinity. */
export function oddValues(value: unknown, place = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${place}: ${value}`];
  if (typeof value !== 'object' || value === null) return value === undefined ? [`${place}: undefined`] : [];
  return Object.entries(value).flatMap(([key, each]) => oddValues(each, `${place}/${key}`));
}
