/** What of a value is not as it should be, and where. */
export type Misfit = { readonly at: string; readonly value: unknown; readonly expected: string };

/** What values of a type look like in JSON. */
export type Shape<T> = {
  /** The first thing in a value that is otherwise; null: it fits. */
  readonly findMisfit: (value: unknown, at: string) => Misfit | null;
  /** Never there: binds the shape to its type. */
  readonly of?: T;
};

/** Of every field that a type has, and of no other; what is optional may be absent. */
export type FieldShapes<T> = { readonly [Name in keyof T]-?: Shape<T[Name]> };

function fitting<T>(expected: string, fits: (value: unknown) => boolean): Shape<T> {
  return { findMisfit: (value, at) => (fits(value) ? null : { at, value, expected }) };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const ANY_NUMBER: Shape<number> = fitting('a number', Number.isFinite);
export const TEXT: Shape<string> = fitting('a text', (value) => typeof value === 'string');
export const FLAG: Shape<boolean> = fitting('true or false', (value) => typeof value === 'boolean');
/** An object of which nothing else is known. */
export const ANY_OBJECT: Shape<Readonly<Record<string, unknown>>> = fitting('an object', isRecord);

export function within(least: number, most: number): Shape<number> {
  return fitting(
    `a number, ${least} to ${most}`,
    (value) => Number.isFinite(value) && Number(value) >= least && Number(value) <= most,
  );
}

export function oneOf<const T extends string | number>(values: readonly T[]): Shape<T> {
  return fitting(values.join(' or '), (value) => (values as readonly unknown[]).includes(value));
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return {
    findMisfit: (value, at) => {
      const misfit = value === null ? null : shape.findMisfit(value, at);
      return misfit?.at === at ? { ...misfit, expected: `${misfit.expected}, or null` } : misfit;
    },
  };
}

/** What versions before did not have, or this one no longer needs. */
export function ifPresent<T>(shape: Shape<T>): Shape<T> {
  return { findMisfit: (value, at) => (value === undefined ? null : shape.findMisfit(value, at)) };
}

export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  return {
    findMisfit: (value, at) => {
      if (!Array.isArray(value)) return { at, value, expected: 'a list' };
      return firstMisfit(value.map((each, index) => () => shape.findMisfit(each, `${at}.${index}`)));
    },
  };
}

export function pairOf<T>(shape: Shape<T>): Shape<readonly [T, T]> {
  const { findMisfit } = listOf(shape);
  return {
    findMisfit: (value, at) =>
      Array.isArray(value) && value.length === 2 ? findMisfit(value, at) : { at, value, expected: 'a list of two' },
  };
}

/** What it has beside these fields is looked at by nobody. */
export function objectOf<T extends object>(fields: FieldShapes<T>): Shape<T> {
  const shapes = Object.entries<Shape<unknown>>(fields);
  return {
    findMisfit: (value, at) => {
      if (!isRecord(value)) return { at, value, expected: 'an object' };
      return firstMisfit(
        shapes.map(([name, shape]) => () => {
          const field = Object.hasOwn(value, name) ? value[name] : undefined;
          return shape.findMisfit(field, at === '' ? name : `${at}.${name}`);
        }),
      );
    },
  };
}

/** The same shape for each of these names. */
export function fieldsOf<Name extends string, T>(
  names: readonly Name[],
  shape: Shape<T>,
): FieldShapes<Record<Name, T>> {
  return Object.fromEntries(names.map((name) => [name, shape])) as unknown as FieldShapes<Record<Name, T>>;
}

/** One shape or another, by what the value says that it is. */
export function byKind<Kind extends string, T extends { readonly kind: Kind }>(
  shapes: Readonly<Record<Kind, Shape<T>>>,
): Shape<T> {
  return {
    findMisfit: (value, at) => {
      if (!isRecord(value)) return { at, value, expected: 'an object' };
      const { kind } = value;
      if (typeof kind === 'string' && Object.hasOwn(shapes, kind)) return shapes[kind as Kind].findMisfit(value, at);
      return { at: `${at}.kind`, value: kind, expected: Object.keys(shapes).join(' or ') };
    },
  };
}

function firstMisfit(looks: readonly (() => Misfit | null)[]): Misfit | null {
  for (const look of looks) {
    const misfit = look();
    if (misfit !== null) return misfit;
  }
  return null;
}
