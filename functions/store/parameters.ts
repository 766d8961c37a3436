/** A statement with named parameters, numbered for the driver. */
export type NamedStatement = {
  text: string;
  /** The values in the order of their numbers. @throws Error that names a missing or an unknown parameter */
  valuesOf(given: Readonly<Record<string, unknown>>): unknown[];
};

/** Matches a parameter (`:name`) but not a cast (`::type`). */
const PARAMETER = /(?<!:):([a-zA-Z]\w*)/g;

/** Numbers the parameters of a statement: each `:stream` becomes `$1`. */
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
 * Formats epoch ms as the text of a `timestamp` in UTC. Times are sent as text, because the driver would convert a Date
 * to local time. A value that isn't finite (no watermark yet) becomes null.
 */
export function toTimestamp(epochMs: number): string | null {
  return Number.isFinite(epochMs) ? new Date(epochMs).toISOString().slice(0, -1) : null;
}
