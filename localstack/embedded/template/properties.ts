import { EmbeddedStackError } from '../errors.ts';

/** Resolved properties of one resource; `place` is for errors ("resource 'Events'"). */
export type Properties = { place: string; values: Record<string, unknown> };

export function optionalText(properties: Properties, name: string): string | undefined {
  const value = properties.values[name];
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return expected(properties, name, 'a text');
}

export function requiredText(properties: Properties, name: string): string {
  return optionalText(properties, name) ?? expected(properties, name, 'a text');
}

/** A number, or the text of a number: parameters are texts. */
export function optionalNumber(properties: Properties, name: string): number | undefined {
  const value = properties.values[name];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : expected(properties, name, 'a number');
}

/** Properties of a nested object; empty when it is absent. */
export function nested(properties: Properties, name: string): Properties {
  const value = properties.values[name] ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return expected(properties, name, 'an object');
  return { place: `${properties.place}.${name}`, values: value as Record<string, unknown> };
}

/** Properties of each object in a list; empty when it is absent. */
export function nestedList(properties: Properties, name: string): Properties[] {
  const value = properties.values[name] ?? [];
  if (!Array.isArray(value)) return expected(properties, name, 'a list');
  return value.map((_item, index) =>
    nested({ place: `${properties.place}.${name}`, values: value as unknown as Properties['values'] }, String(index)),
  );
}

export function expected(properties: Properties, name: string, what: string): never {
  const value = JSON.stringify(properties.values[name]) ?? 'nothing';
  throw new EmbeddedStackError(`Invalid ${properties.place}.${name}: got ${value}, expected ${what}; see the template`);
}
