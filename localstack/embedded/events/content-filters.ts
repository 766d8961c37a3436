/** Whether a field has what is asked for; `values` are the field's scalars, none when it is absent or an object. */
export type FieldTest = (values: readonly unknown[]) => boolean;

type Scalar = string | number | boolean | null;

/** Gives the test for a filter's argument, or null when the argument has no form that the runtime knows. */
type FilterReader = (argument: unknown) => FieldTest | null;

const COMPARISONS: Record<string, (value: number, bound: number) => boolean> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>=': (value, bound) => value >= bound,
  '>': (value, bound) => value > bound,
};

/** The content filters of event patterns that the runtime knows, with their rules on EventBridge. */
export const CONTENT_FILTERS: Record<string, FilterReader> = {
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

/** The field has this very value, or is a list in which it is. */
export function equals(wanted: Scalar): FieldTest {
  return anyOf((value) => value === wanted);
}

export function isScalar(value: unknown): value is Scalar {
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
