import type { Settings } from '#functions/contract.ts';

/** The settings alone, of options that hold others too: what is sent to the results function is kept as it is. */
export function settingsOf(options: Settings): Settings {
  const { windowMs, boundMs, marginMs, maxFutureSkewMs, idleTimeoutMs, latePolicy } = options;
  return { windowMs, boundMs, marginMs, maxFutureSkewMs, idleTimeoutMs, latePolicy };
}
