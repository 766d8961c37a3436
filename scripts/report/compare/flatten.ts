/** An object's values by their paths, `keys.hosts: 200`; a list is one value, as JSON. */
export function flatten(value: object, before = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]): [string, unknown][] => {
      if (Array.isArray(each)) return [[`${before}${name}`, JSON.stringify(each)]];
      if (typeof each === 'object' && each !== null) return Object.entries(flatten(each, `${before}${name}.`));
      return [[`${before}${name}`, each]];
    }),
  );
}
