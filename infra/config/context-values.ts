/** An invalid context value, or an impossible combination of values. */
export class ContextError extends RangeError {
  override readonly name = 'ContextError';
}

/** Value of a context key, as text or parsed JSON; undefined when it is not given. */
export type Context = (key: string) => unknown;

export type Range = { least: number; most: number; standard: number; unit: string };

/** @throws ContextError naming key, value and range, unless the value is a whole number within the range */
export function readNumber(context: Context, key: string, { least, most, standard, unit }: Range): number {
  const given = context(key) ?? standard;
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid(key, given, `${least}–${most} ${unit}`);
}

/** @throws ContextError naming key, value and choices, unless the value is one of them */
export function readChoice<Choice extends string>(
  context: Context,
  key: string,
  choices: readonly [Choice, ...Choice[]],
  standard: NoInfer<Choice>,
): Choice {
  const given = String(context(key) ?? standard);
  const choice = choices.find((name) => name === given);
  if (choice !== undefined) return choice;
  throw invalid(key, given, [choices.slice(0, -1).join(', '), choices.at(-1)].join(' or '));
}

/** @throws ContextError naming key, value and what was expected, unless the value is true or false */
export function readSwitch(context: Context, key: string, standard: boolean): boolean {
  return readChoice(context, key, ['true', 'false'], standard ? 'true' : 'false') === 'true';
}

export type Form = { allowed: RegExp; expected: string };

/** @throws ContextError naming key, value and what was expected, unless the value has the form */
export function readText<Standard extends string | null>(
  context: Context,
  key: string,
  { allowed, expected }: Form,
  standard: Standard,
): string | Standard {
  const given = context(key);
  if (given === undefined || given === null) return standard;
  if (allowed.test(String(given))) return String(given);
  throw invalid(key, given, expected);
}

function invalid(key: string, given: unknown, expected: string): ContextError {
  return new ContextError(`Invalid context ${key} '${given}': expected ${expected}; pass -c ${key}=…`);
}
