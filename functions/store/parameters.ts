/** A statement whose parameters have names. */
export type NamedStatement = {
  text: string;
  /** @throws Error naming a parameter that is missing, or a value that no parameter takes */
  valuesOf(given: Readonly<Record<string, unknown>>): unknown[];
};

/** A parameter, `:name`, and not a cast, `::type`. */
const PARAMETER = /(?<!:):([a-zA-Z]\w*)/g;

/** Numbers the parameters of a statement: `:stream` becomes `$1` wherever it stands. */
export function withParameters(text: string): NamedStatement {
  const names: string[] = [];
  const numbered = text.replace(PARAMETER, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return {
    text: numbered,
    valuesOf(given) {
      const missing = names.find((name) => given[name] === undefined);
      if (missing !== undefined) throw new Error(`Missing parameter :${missing}: expected a value, or null`);
      const unknown = Object.keys(given).find((name) => !names.includes(name));
      if (unknown !== undefined)
        throw new Error(`Unknown parameter :${unknown}: the statement has ${names.join(', ')}`);
      return names.map((name) => given[name]);
    },
  };
}

/**
 * Epoch milliseconds as the text of a `timestamp` in UTC. Times cross the driver as text, since it would turn a Date into
 * local time; what isn't finite (no watermark yet) is null.
 */
export function toTimestamp(epochMs: number): string | null {
  return Number.isFinite(epochMs) ? new Date(epochMs).toISOString().slice(0, -1) : null;
}
