import * as v from 'valibot';

/**
 * A schema says once what a value is: its type, range, unit and meaning. Types are inferred from schemas, the reader of a report
 * checks with them, and docs/report.md is written from them.
 */
export type Schema<Value = unknown> = v.GenericSchema<Value>;

/** The fields of an object. */
export type Fields = Readonly<Record<string, Schema>>;
export type ObjectSchema<Of extends Fields> = Schema<Values<Of>> & { readonly entries: Of };
type Values<Of extends Fields> = { readonly [Name in keyof Of]: v.InferOutput<Of[Name]> };

/** The type of the values that fit a schema; nothing in it can be changed. */
export type Infer<Of extends Schema> = Frozen<v.InferOutput<Of>>;
type Frozen<Value> = Value extends object ? { readonly [Name in keyof Value]: Frozen<Value[Name]> } : Value;

/** Any finite number. JSON has no NaN, but reads 1e999 as Infinity. */
export function number(unit = '', meaning = ''): Schema<number> {
  return v.pipe(v.number(), v.finite(), v.metadata({ unit }), v.description(meaning));
}

export function within(least: number, most: number, unit = '', meaning = ''): Schema<number> {
  return v.pipe(v.number(), v.minValue(least), v.maxValue(most), v.metadata({ unit }), v.description(meaning));
}

/** 0 or more. No milliseconds, bytes or dollars here exceed 10¹², and products of larger figures would overflow to Infinity. */
export function amount(unit = '', meaning = ''): Schema<number> {
  return within(0, 1_000_000_000_000, unit, meaning);
}

/** An amount that something is divided by. */
export function divisor(unit = '', meaning = ''): Schema<number> {
  return within(0.000_001, 1_000_000_000_000, unit, meaning);
}

/** 1 or more of something. */
export function size(unit = '', meaning = ''): Schema<number> {
  return within(1, 1_000_000_000_000, unit, meaning);
}

export function share(meaning = ''): Schema<number> {
  return within(0, 1, '0–1', meaning);
}

export function text(meaning = ''): Schema<string> {
  return v.pipe(v.string(), v.description(meaning));
}

export function flag(meaning = ''): Schema<boolean> {
  return v.pipe(v.boolean(), v.description(meaning));
}

export function oneOf<const Value extends string | number>(values: readonly Value[], meaning = ''): Schema<Value> {
  return v.pipe(v.picklist(values), v.description(meaning)) as Schema<Value>;
}

/** @param whenNull what null means */
export function orNull<Value>(schema: Schema<Value>, whenNull = ''): Schema<Value | null> {
  return v.pipe(v.nullable(schema), v.description(whenNull));
}

export function listOf<Value>(item: Schema<Value>, meaning = ''): Schema<Value[]> {
  return v.pipe(v.array(item), v.description(meaning));
}

/** One or more of these. */
export function someOf<Value>(item: Schema<Value>, meaning = ''): Schema<Value[]> {
  return v.pipe(v.array(item), v.nonEmpty(), v.description(meaning));
}

export function pairOf<Value>(item: Schema<Value>, meaning = ''): Schema<[Value, Value]> {
  return v.pipe(v.array(item), v.length(2), v.description(meaning)) as unknown as Schema<[Value, Value]>;
}

/**
 * Fields beyond these are ignored, as a newer version may have written them.
 *
 * @param name of an object that stands in several places: docs/report.md describes it once, under this name
 */
export function object<Of extends Fields>(entries: Of, name = ''): ObjectSchema<Of> {
  return Object.assign(v.pipe(RECORD, v.object(entries), v.title(name)), { entries }) as ObjectSchema<Of>;
}

/** Gives a schema another meaning, for one of the places that use it. */
export function described<Of extends Schema>(schema: Of, meaning: string): Of {
  return v.pipe(schema, v.description(meaning)) as unknown as Of;
}

const RECORD = v.custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

/** An object with unknown fields. */
export function anyObject(meaning = ''): Schema<Readonly<Record<string, unknown>>> {
  return v.pipe(RECORD, v.description(meaning)) as Schema<Readonly<Record<string, unknown>>>;
}

/** An object with further fields, or with other schemas for some of its fields. */
export function extend<Of extends Fields, More extends Fields>(
  { entries }: ObjectSchema<Of>,
  more: More,
  name = '',
): ObjectSchema<Omit<Of, keyof More> & More> {
  return object({ ...entries, ...more }, name) as ObjectSchema<Omit<Of, keyof More> & More>;
}

/** An object with one field of this schema for each name. */
export function record<Name extends string, Value>(
  names: readonly Name[],
  schema: Schema<Value>,
  meaning = '',
): ObjectSchema<Record<Name, Schema<Value>>> {
  const entries = Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema<Value>>;
  return described(object(entries), meaning);
}

/** An object with the same fields, all of them optional. */
export function partial<Of extends Fields>({ entries }: ObjectSchema<Of>): Schema<Partial<Values<Of>>> {
  const absent = Object.entries(entries).map(([name, schema]) => [name, v.optional(schema)]);
  return object(Object.fromEntries(absent) as Fields) as unknown as Schema<Partial<Values<Of>>>;
}

/** One of several objects, told apart by their field `kind`. */
export function byKind<One extends Fields, Other extends Fields>(
  one: ObjectSchema<One>,
  other: ObjectSchema<Other>,
  meaning = '',
): Schema<Values<One> | Values<Other>> {
  return v.pipe(v.variant('kind', [one, other] as never), v.description(meaning)) as Schema<
    Values<One> | Values<Other>
  >;
}

/** A part of a value that does not fit its schema. `at` is its path: names and indexes with dots between them. */
export type Misfit = { readonly at: string; readonly value: unknown; readonly expected: string };

/** The first field of a value that does not fit its schema; null: all of them fit. */
export function findMisfit(schema: Schema, value: unknown): Misfit | null {
  const [issue] = v.safeParse(schema, value, { abortEarly: true }).issues ?? [];
  if (issue === undefined) return null;
  const path = (issue.path ?? []).map(({ key }) => String(key));
  return { at: path.join('.'), value: issue.input, expected: typeInWords(path.reduce(schemaAt, schema)) };
}

/** Most characters of a value that a message quotes. */
const MOST_SHOWN = 80;

/** A misfit in words: `its load.events is "x": expected a number`. */
export function misfitInWords({ at, value, expected }: Misfit): string {
  const found = value === undefined ? 'missing' : JSON.stringify(value);
  const shown = found.length <= MOST_SHOWN ? found : `${found.slice(0, MOST_SHOWN)}…`;
  return `its ${at} is ${shown}: expected ${expected}`;
}

/** A schema's parts, as far as it has them; the library's own types name them for each kind of schema only. */
export type Parts = {
  readonly type: string;
  readonly entries?: Fields;
  readonly item?: Schema;
  readonly wrapped?: Schema;
  readonly options?: readonly unknown[];
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
};

/** The name of an object that stands in several places, or ''. */
export function nameOf(schema: Schema): string {
  return v.getTitle(schema) ?? '';
}

export function meaningOf(schema: Schema): string {
  return v.getDescription(schema) ?? '';
}

export function unitOf(schema: Schema): string {
  return String(v.getMetadata(schema).unit ?? '');
}

/** The allowed values of a schema, in words that follow "expected". */
export function typeInWords(schema: Schema): string {
  const { type, wrapped, options = [], pipe = [] } = schema as Parts;
  const limit = (name: string): unknown => pipe.find((action) => action.type === name)?.requirement;
  switch (type) {
    case 'number':
      return limit('min_value') === undefined ? 'a number' : `a number, ${limit('min_value')} to ${limit('max_value')}`;
    case 'string':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'picklist':
      return options.join(' or ');
    case 'array':
      if (limit('length') === 2) return 'a list of two';
      return pipe.some((action) => action.type === 'non_empty') ? 'a list of one or more' : 'a list';
    case 'nullable':
      return `${typeInWords(wrapped as Schema)}, or null`;
    case 'optional':
      return typeInWords(wrapped as Schema);
    default:
      return 'an object';
  }
}

function schemaAt(schema: Schema, name: string): Schema {
  const { type, entries, item, wrapped, options = [] } = schema as Parts;
  if (wrapped !== undefined) return schemaAt(wrapped, name);
  if (type !== 'variant') return entries?.[name] ?? item ?? schema;
  const found = options.map((option) => schemaAt(option as Schema, name));
  if (name === 'kind') return oneOf(found.flatMap((kind) => (kind as Parts).options as string[]));
  return found.find((each) => !options.includes(each)) ?? schema;
}
