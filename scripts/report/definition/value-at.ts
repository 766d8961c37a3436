/** What stands in a value that may be anything, at names with dots between them; undefined: nothing does. */
export function valueAt(value: unknown, at: string): unknown {
  return at.split('.').reduce<unknown>((within, name) => {
    if (typeof within !== 'object' || within === null || !Object.hasOwn(within, name)) return undefined;
    return within[name as keyof typeof within];
  }, value);
}
