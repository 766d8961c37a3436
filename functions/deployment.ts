import { BOTH_PATHS, PATH_NAMES, PATHS, type Path } from './core/paths.ts';
import { parseSettings, type Settings } from './core/settings.ts';
import type { Login } from './login/connection.ts';
import { parseRoles, type Roles } from './store/roles.ts';

/** The configuration that the stack gives to its functions through environment variables. */
export type Deployment = {
  /** The stack's name. */
  stack: string;
  login: Login;
  /** The database role of each function; null if all functions share one login. */
  roles: Roles | null;
  stream: string;
  /** Prefix of a benchmark run's stream; the run's id follows it. */
  runPrefix: string;
  /**
   * Id of the run whose schemas receive the counts of the deployed stream; null if they go to the paths' own schemas.
   */
  deployedRun: string | null;
  /** The paths that are deployed. */
  paths: readonly Path[];
  /** Settings of the deployed stream. A run's settings are stored in its schema. */
  settings: Settings;
  /** Time between the scheduler's ticks, ms. */
  tickMs: number;
  /** Whether benchmark runs may create schemas. */
  benchmark: boolean;
  /** Whether the deployed schemas may be dropped on request. */
  removable: boolean;
};

type Environment = Record<string, string | undefined>;

/** @throws Error that names the missing or invalid variable */
export function readDeployment(env: Environment = process.env): Deployment {
  return {
    stack: take(env, 'STACK'),
    login: readLogin(env),
    roles: env.DATABASE_ROLES ? parseRoles(JSON.parse(env.DATABASE_ROLES)) : null,
    stream: take(env, 'STREAM_NAME'),
    runPrefix: take(env, 'RUN_STREAM_PREFIX'),
    deployedRun: env.DEPLOYED_RUN || null,
    paths: readPaths(env),
    settings: parseSettings(JSON.parse(take(env, 'SETTINGS'))),
    tickMs: wholeNumber(env, 'TICK_MS', 'whole milliseconds', Number.MAX_SAFE_INTEGER),
    benchmark: readSwitch(env, 'BENCHMARK'),
    removable: readSwitch(env, 'REMOVABLE'),
  };
}

function take(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`Missing environment variable ${name}: the stack sets it`);
  return value;
}

function wholeNumber(env: Environment, name: string, unit: string, most: number): number {
  const value = Number(take(env, name));
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new Error(`Invalid ${name} '${env[name]}': expected ${unit} from 1; the stack sets it`);
  }
  return value;
}

const LOGINS = ['DATABASE_URL', 'DATABASE_SECRET', 'DATABASE_HOST'];

function readLogin(env: Environment): Login {
  const given = LOGINS.filter((name) => env[name]);
  if (given.length !== 1) {
    throw new Error(
      `Expected exactly one of the environment variables ${LOGINS.join(', ')}, found ${given.join(' and ') || 'none'}: ` +
        'the stack sets it',
    );
  }
  if (given[0] === 'DATABASE_URL') return { kind: 'url', url: take(env, 'DATABASE_URL') };
  if (given[0] === 'DATABASE_SECRET') return { kind: 'secret', secretArn: take(env, 'DATABASE_SECRET') };
  return {
    kind: 'iam',
    host: take(env, 'DATABASE_HOST'),
    port: wholeNumber(env, 'DATABASE_PORT', 'a port', 65_535),
    database: take(env, 'DATABASE_NAME'),
    user: take(env, 'DATABASE_USER'),
  };
}

function readPaths(env: Environment): readonly Path[] {
  const given = take(env, 'PATHS');
  const paths = BOTH_PATHS.filter((path) => given === 'both' || given === PATHS[path].name);
  if (paths.length > 0) return paths;
  throw new Error(`Invalid PATHS '${given}': expected both, ${PATH_NAMES.join(' or ')}; the stack sets it`);
}

function readSwitch(env: Environment, name: string): boolean {
  const value = env[name] || 'false';
  if (value === 'true' || value === 'false') return value === 'true';
  throw new Error(`Invalid ${name} '${value}': expected true or false; the stack sets it`);
}
