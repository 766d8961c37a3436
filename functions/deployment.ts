import { parseSettings, type Settings } from './core/settings.ts';

/** What the stack tells its functions through their environment. */
export type Deployment = {
  databaseUrl: string;
  stream: string;
  /** A benchmark run's stream is named by this and the run's id. */
  runPrefix: string;
  /** How the deployed stream is counted; a run's settings stand in its schema. */
  settings: Settings;
  /** Distance between the scheduler's ticks, ms. */
  tickMs: number;
};

/** @throws Error naming the variable that is missing */
export function readDeployment(env: Record<string, string | undefined> = process.env): Deployment {
  const take = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new Error(`Missing environment variable ${name}: the stack sets it`);
    return value;
  };
  return {
    databaseUrl: take('DATABASE_URL'),
    stream: take('STREAM_NAME'),
    runPrefix: take('RUN_STREAM_PREFIX'),
    settings: parseSettings(JSON.parse(take('SETTINGS'))),
    tickMs: Number(take('TICK_MS')),
  };
}
