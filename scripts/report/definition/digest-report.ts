import { createHash } from 'node:crypto';

/** SHA-256 in hex over the canonical JSON of all fields but `digest`. */
export function digestReport({ digest: _, ...fields }: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(canonicalJson(fields)).digest('hex');
}

/** JSON without white space, the keys of every object sorted: the same for a value before and after it was written and read. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (isObject(each) ? sortKeys(each) : each));
}

function sortKeys(object: object): object {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
