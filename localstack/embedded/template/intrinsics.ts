import { EmbeddedStackError } from '../errors.ts';

/** Values for intrinsic functions; `condition` evaluates a named condition. */
export type Scope = {
  ref(logicalId: string, place: string): unknown;
  attribute(logicalId: string, attribute: string, place: string): string;
  condition(name: string, place: string): boolean;
};

type Intrinsic = (argument: unknown, scope: Scope, place: string) => unknown;

const INTRINSICS: Record<string, Intrinsic> = {
  Ref: (argument, scope, place) => scope.ref(text(argument, place), place),
  Condition: (argument, scope, place) => scope.condition(text(argument, place), place),
  'Fn::GetAtt': (argument, scope, place) => {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument, place);
    return scope.attribute(text(logicalId, place), attribute.join('.'), place);
  },
  'Fn::Join': (argument, scope, place) => {
    const [separator, parts] = list(argument, place);
    return texts(resolveValue(parts, scope, place), place).join(text(separator, place));
  },
  'Fn::Split': (argument, scope, place) => {
    const [separator, source] = list(argument, place);
    return text(resolveValue(source, scope, place), place).split(text(separator, place));
  },
  'Fn::Select': (argument, scope, place) => {
    const [index, source] = list(argument, place);
    const choice = list(resolveValue(source, scope, place), place)[Number(index)];
    return choice ?? fail(place, `Fn::Select has no item ${String(index)}`);
  },
  'Fn::Sub': substitute,
  'Fn::If': (argument, scope, place) => {
    const [condition, whenTrue, whenFalse] = list(argument, place);
    return resolveValue(scope.condition(text(condition, place), place) ? whenTrue : whenFalse, scope, place);
  },
  'Fn::Equals': (argument, scope, place) => {
    const [left, right] = list(resolveValue(argument, scope, place), place);
    return String(left) === String(right);
  },
  'Fn::And': (argument, scope, place) => list(resolveValue(argument, scope, place), place).every(Boolean),
  'Fn::Or': (argument, scope, place) => list(resolveValue(argument, scope, place), place).some(Boolean),
  'Fn::Not': (argument, scope, place) => !list(resolveValue(argument, scope, place), place)[0],
};

/**
 * Replaces the intrinsic functions in a template value. AWS::NoValue, here undefined, removes a member.
 * @param place where the value is in the template, for errors
 * @throws EmbeddedStackError for an unsupported intrinsic function
 */
export function resolveValue(value: unknown, scope: Scope, place: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolveValue(item, scope, place)).filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;

  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined) {
    const [name, argument] = first;
    const intrinsic = INTRINSICS[name];
    if (intrinsic !== undefined) return intrinsic(argument, scope, place);
    if (name.startsWith('Fn::')) fail(place, `'${name}' is not one of ${Object.keys(INTRINSICS).join(', ')}`);
  }
  return Object.fromEntries(
    entries
      .map(([key, item]): [string, unknown] => [key, resolveValue(item, scope, `${place}.${key}`)])
      .filter(([, item]) => item !== undefined),
  );
}

function substitute(argument: unknown, scope: Scope, place: string): string {
  const [template, variables = {}] = typeof argument === 'string' ? [argument] : list(argument, place);
  return text(template, place).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const variable = (variables as Record<string, unknown>)[name];
    if (variable !== undefined) return text(resolveValue(variable, scope, place), place);
    const dot = name.indexOf('.');
    return dot < 0
      ? text(scope.ref(name, place), place)
      : scope.attribute(name.slice(0, dot), name.slice(dot + 1), place);
  });
}

function text(value: unknown, place: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return fail(place, `expected a text, got ${JSON.stringify(value)}`);
}

function texts(value: unknown, place: string): string[] {
  return list(value, place).map((item) => text(item, place));
}

function list(value: unknown, place: string): unknown[] {
  return Array.isArray(value) ? value : fail(place, `expected a list, got ${JSON.stringify(value)}`);
}

function fail(place: string, reason: string): never {
  throw new EmbeddedStackError(
    `Cannot resolve ${place}: ${reason}; simplify the template, or extend localstack/embedded/template/intrinsics.ts`,
  );
}
