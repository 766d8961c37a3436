import { parseSettings, type Settings } from './core/settings.ts';

/** What the stack tells its functions through their environment. */
export type Deployment = {
  databaseUrl: string;
  stream: string;
  /** A benchmark run's stream is named by this and the run's id. */
  runPrefix: string;
  /** The run whose schemas the deployed stream is counted into; null: it has schemas of its own. */
  deployedRun: string | null;
  /** How the deployed stream is counted; a run's settings stand in its schema. */
  settings: Settings;
  /** Distance between the scheduler's ticks, ms. */
  tickMs: number;
};

/** @throws Error naming the variable that is missing or out of range */
export function readDeployment(env: Record<string, string | undefined> = process.env): Deployment {
  const take = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new Error(`Missing environment variable ${name}: the stack sets it`);
    return value;
  };
  const tickMs = Number(take('TICK_MS'));
  if (!Number.isInteger(tickMs) || tickMs < 1) {
    throw new Error(`Invalid TICK_MS '${env.TICK_MS}': expected whole milliseconds from 1; the stack sets it`);
  }
  return {
    databaseUrl: take('DATABASE_URL'),
    stream: take('STREAM_NAME'),
    runPrefix: take('RUN_STREAM_PREFIX'),
    deployedRun: env.DEPLOYED_RUN || null,
    settings: parseSettings(JSON.parse(take('SETTINGS'))),
    tickMs,
  };
}
