import { EmbeddedStackError } from '../errors.ts';

/** Whether an event matches a rule. */
export type EventMatcher = (event: unknown) => boolean;

/**
 * Reads an event pattern: every field that it names must have one of the listed values, at any depth.
 * @param place where the pattern is in the template, for errors
 * @throws EmbeddedStackError for a pattern or an operator that it does not know
 */
export function readEventPattern(pattern: unknown, place: string): EventMatcher {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) {
    return fail(place, `got ${JSON.stringify(pattern)}, expected an object with fields, or a list of values in it`);
  }
  const fields = Object.entries(pattern).map(([name, wanted]): [string, EventMatcher] => {
    const fieldPlace = `${place}.${name}`;
    if (!Array.isArray(wanted)) return [name, readEventPattern(wanted, fieldPlace)];
    if (name.startsWith('$')) return fail(fieldPlace, `the operator '${name}' is not known`);
    return [name, readValues(wanted, fieldPlace)];
  });
  if (fields.length === 0) return fail(place, 'got an empty object, expected fields');
  const matches: EventMatcher = (value) => {
    // A list of objects matches when one of its objects matches as a whole.
    if (Array.isArray(value) && value.length > 0) return value.some(matches);
    const members = (typeof value === 'object' ? (value ?? {}) : {}) as Record<string, unknown>;
    return fields.every(([name, test]) => test(Object.hasOwn(members, name) ? members[name] : undefined));
  };
  return matches;
}

function readValues(wanted: readonly unknown[], place: string): EventMatcher {
  if (wanted.length === 0) return fail(place, 'got an empty list, expected values');
  const tests = wanted.map((item) => (isScalar(item) ? equals(item) : readFilter(item, place)));
  return (value) => {
    const values = scalarsOf(value);
    return tests.some((test) => test(values));
  };
}

function readFilter(filter: unknown, place: string): FieldTest {
  const entries = Object.entries(filter as object);
  const [operator, argument] = entries[0] ?? ['', undefined];
  const read = entries.length === 1 && Object.hasOwn(CONTENT_FILTERS, operator) ? CONTENT_FILTERS[operator] : undefined;
  const test = read?.(argument);
  if (test !== undefined && test !== null) return test;
  const known = Object.keys(CONTENT_FILTERS).join(', ');
  return fail(place, `got ${JSON.stringify(filter)}, expected a value or one of the operators ${known}`);
}

function scalarsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(scalarsOf);
  return value !== undefined && isScalar(value) ? [value] : [];
}

function fail(place: string, reason: string): never {
  throw new EmbeddedStackError(
    `Cannot read ${place}: ${reason}; simplify the pattern, or extend localstack/embedded/events`,
  );
}

/** Whether a field matches; `values` are its scalars, none when the field is absent or an object. */
type FieldTest = (values: readonly unknown[]) => boolean;

type Scalar = string | number | boolean | null;

/** Compiles a filter's argument to a test; null when the runtime does not support its form. */
type FilterReader = (argument: unknown) => FieldTest | null;

const COMPARISONS: Record<string, (value: number, bound: number) => boolean> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>=': (value, bound) => value >= bound,
  '>': (value, bound) => value > bound,
};

/** Supported content filters of event patterns, with EventBridge's rules. */
const CONTENT_FILTERS: Record<string, FilterReader> = {
  prefix(prefix) {
    return typeof prefix === 'string' ? anyOf((value) => startsWith(value, prefix)) : null;
  },
  exists(isWanted) {
    return typeof isWanted === 'boolean' ? (values) => values.length > 0 === isWanted : null;
  },
  'anything-but'(excluded) {
    if (typeof excluded === 'string' || typeof excluded === 'number') return anyOf((value) => value !== excluded);
    if (isListOf('string', excluded) || isListOf('number', excluded)) {
      return anyOf((value) => !excluded.includes(value));
    }
    const [prefix, ...others] = typeof excluded === 'object' ? Object.entries(excluded ?? {}) : [];
    if (prefix?.[0] !== 'prefix' || typeof prefix[1] !== 'string' || others.length > 0) return null;
    const [, start] = prefix;
    return anyOf((value) => !startsWith(value, start));
  },
  numeric(conditions) {
    if (!Array.isArray(conditions) || ![2, 4].includes(conditions.length)) return null;
    const tests: ((value: number) => boolean)[] = [];
    for (let i = 0; i < conditions.length; i += 2) {
      const compare = COMPARISONS[String(conditions[i])];
      const bound: unknown = conditions[i + 1];
      if (compare === undefined || typeof bound !== 'number') return null;
      tests.push((value) => compare(value, bound));
    }
    return anyOf((value) => typeof value === 'number' && tests.every((test) => test(value)));
  },
};

/** The field equals this value, or is a list that contains it. */
function equals(wanted: Scalar): FieldTest {
  return anyOf((value) => value === wanted);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function anyOf(test: (value: unknown) => boolean): FieldTest {
  return (values) => values.some(test);
}

function startsWith(value: unknown, prefix: string): boolean {
  return typeof value === 'string' && value.startsWith(prefix);
}

function isListOf(type: 'string' | 'number', value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === type);
}
