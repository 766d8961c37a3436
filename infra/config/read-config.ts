import type { Config } from './config.ts';
import {
  type Context,
  ContextError,
  type Form,
  type Range,
  readChoice,
  readNumber,
  readSwitch,
  readText,
} from './context-values.ts';
import { requirePossible } from './possible.ts';

type NumberKey = { [Key in keyof Config]: Config[Key] extends number ? Key : never }[keyof Config];

const NUMBERS: Record<NumberKey, Range> = {
  window: { least: 1, most: 86_400, standard: 300, unit: 'seconds' },
  bound: { least: 0, most: 86_400, standard: 15, unit: 'seconds' },
  margin: { least: 0, most: 3_600, standard: 2, unit: 'seconds' },
  maxFutureSkew: { least: 0, most: 86_400, standard: 300, unit: 'seconds' },
  idleTimeout: { least: 1, most: 86_400, standard: 60, unit: 'seconds' },
  shards: { least: 1, most: 200, standard: 1, unit: 'shards' },
  shardLoad: { least: 1, most: 100, standard: 50, unit: 'percent' },
  retention: { least: 24, most: 8_760, standard: 24, unit: 'hours' },
  batchSize: { least: 1, most: 10_000, standard: 1_000, unit: 'records' },
  batchingWindow: { least: 0, most: 300, standard: 0, unit: 'seconds' },
  memory: { least: 256, most: 10_240, standard: 1_024, unit: 'MB' },
  maxAcu: { least: 1, most: 256, standard: 8, unit: 'ACU' },
  autoPause: { least: 300, most: 86_400, standard: 300, unit: 'seconds' },
};

const NAME: Form = {
  // Names of benchmark runs begin with the stack's name and `-run-`.
  allowed: /^(?!.*-run(-|$))[A-Za-z][A-Za-z0-9-]{0,40}$/,
  expected: 'a letter, then up to 40 letters, digits, dashes, no -run- in it',
};
/** Only the full ARN, with the six characters after the name, lets a policy name exactly one secret. */
const SECRET: Form = {
  allowed: /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
  expected: "a secret's full ARN, arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>",
};
const TOPIC: Form = {
  allowed: /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
  expected: "a standard topic's ARN, arn:aws:sns:<region>:<account>:<name>",
};

/**
 * @param account account of the deployment, if `cdk` knows it
 * @throws ContextError naming the key, its value and the allowed range, or the keys that exclude each other
 */
export function readConfig(context: Context, account: string | undefined): Config {
  const number = (key: NumberKey): number => readNumber(context, key, NUMBERS[key]);
  const config: Config = {
    name: readText(context, 'name', NAME, 'Tidemark'),
    window: number('window'),
    bound: number('bound'),
    margin: number('margin'),
    maxFutureSkew: number('maxFutureSkew'),
    idleTimeout: number('idleTimeout'),
    latePolicy: readChoice(context, 'latePolicy', ['count', 'drop'], 'count'),
    shards: number('shards'),
    shardLoad: number('shardLoad'),
    retention: number('retention'),
    batchSize: number('batchSize'),
    batchingWindow: number('batchingWindow'),
    memory: number('memory'),
    paths: readChoice(context, 'paths', ['both', 'micro-batch', 'scheduled-batch'], 'both'),
    database: readChoice(context, 'database', ['aurora', 'external'], 'aurora'),
    databaseSecret: readText(context, 'databaseSecret', SECRET, null),
    maxAcu: number('maxAcu'),
    autoPause: number('autoPause'),
    protect: readSwitch(context, 'protect', true),
    alarmTopic: readText(context, 'alarmTopic', TOPIC, null),
    benchmark: readSwitch(context, 'benchmark', false),
  };
  requirePossible(config, account);
  return config;
}

/**
 * Refuses misspelt keys, which CDK would ignore. Keys of the toolkit and its libraries contain a colon, a slash or a dash.
 *
 * @throws ContextError naming the unknown key and the known ones
 */
export function requireKnown(keys: readonly string[], config: Config): void {
  const unknown = keys.find((key) => /^\w+$/.test(key) && !(key in config));
  if (unknown === undefined) return;
  throw new ContextError(`Unknown context '${unknown}': expected one of ${Object.keys(config).sort().join(', ')}`);
}
