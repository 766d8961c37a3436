import { EmbeddedStackError } from '../errors.ts';
import { CONTENT_FILTERS, equals, type FieldTest, isScalar } from './content-filters.ts';

/** Whether an event is one that a rule is for. */
export type EventMatcher = (event: unknown) => boolean;

/**
 * Reads an event pattern: every field that it names must have one of the listed values, at any depth.
 * @param place says where the pattern stands, for errors
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
    // A list of objects stands for each of them, and one of them has to match as a whole.
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
