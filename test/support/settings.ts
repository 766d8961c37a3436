import type { Settings } from '#functions/core/settings.ts';

/** The deployed stack's settings by default. */
export const SETTINGS: Settings = {
  windowMs: 300_000,
  boundMs: 15_000,
  marginMs: 2_000,
  maxFutureSkewMs: 300_000,
  idleTimeoutMs: 60_000,
  latePolicy: 'count',
};
