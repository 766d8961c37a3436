/** What can be chosen about a stack, by CDK context (`-c window=300`). Times in seconds. */
export type Config = {
  /** The stack's name; several can stand side by side. */
  name: string;
  window: number;
  bound: number;
  margin: number;
  maxFutureSkew: number;
  idleTimeout: number;
  latePolicy: 'count' | 'drop';
  shards: number;
  /** Hours that the stream keeps its records. */
  retention: number;
  /** Records per batch of the micro-batch path at most. */
  batchSize: number;
  /** How long the mapping waits to fill a batch. */
  batchingWindow: number;
  /** MB of each counting function. */
  memory: number;
  /** Whether benchmark runs may make streams `<name>-run-*` beside the deployed one. */
  benchmark: boolean;
};

type NumberKey = { [Key in keyof Config]: Config[Key] extends number ? Key : never }[keyof Config];

const NUMBERS: Record<NumberKey, { least: number; most: number; standard: number; unit: string }> = {
  window: { least: 1, most: 86_400, standard: 300, unit: 'seconds' },
  bound: { least: 0, most: 86_400, standard: 15, unit: 'seconds' },
  margin: { least: 0, most: 3_600, standard: 2, unit: 'seconds' },
  maxFutureSkew: { least: 0, most: 86_400, standard: 300, unit: 'seconds' },
  idleTimeout: { least: 1, most: 86_400, standard: 60, unit: 'seconds' },
  shards: { least: 1, most: 200, standard: 1, unit: 'shards' },
  retention: { least: 24, most: 8_760, standard: 24, unit: 'hours' },
  batchSize: { least: 1, most: 10_000, standard: 1_000, unit: 'records' },
  batchingWindow: { least: 0, most: 300, standard: 0, unit: 'seconds' },
  memory: { least: 256, most: 10_240, standard: 1_024, unit: 'MB' },
};

/**
 * @param context gives a key's value as text or as JSON has it, or undefined
 * @throws RangeError naming the key, its value and the allowed range
 */
export function readConfig(context: (key: string) => unknown): Config {
  const number = (key: NumberKey): number => {
    const { least, most, standard, unit } = NUMBERS[key];
    const given = context(key) ?? standard;
    const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      throw new RangeError(`Invalid context ${key} '${given}': expected ${least}–${most} ${unit}; pass -c ${key}=…`);
    }
    return value;
  };
  return {
    name: choice(
      context,
      'name',
      'Tidemark',
      /^[A-Za-z][A-Za-z0-9-]{0,40}$/,
      'a letter, then up to 40 letters, digits, dashes',
    ),
    window: number('window'),
    bound: number('bound'),
    margin: number('margin'),
    maxFutureSkew: number('maxFutureSkew'),
    idleTimeout: number('idleTimeout'),
    latePolicy: choice(context, 'latePolicy', 'count', /^(count|drop)$/, 'count or drop') as Config['latePolicy'],
    shards: number('shards'),
    retention: number('retention'),
    batchSize: number('batchSize'),
    batchingWindow: number('batchingWindow'),
    memory: number('memory'),
    benchmark: choice(context, 'benchmark', 'false', /^(true|false)$/, 'true or false') === 'true',
  };
}

function choice(
  context: (key: string) => unknown,
  key: keyof Config,
  standard: string,
  allowed: RegExp,
  expected: string,
): string {
  const given = String(context(key) ?? standard);
  if (!allowed.test(given))
    throw new RangeError(`Invalid context ${key} '${given}': expected ${expected}; pass -c ${key}=…`);
  return given;
}
