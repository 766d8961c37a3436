import type { Settings } from '#functions/contract.ts';
import { defaultDeployment } from '#model/deployment.ts';
import type { BenchmarkOptions } from './benchmark-options.ts';

/** How the live run is counted: small windows and a small bound, so that a minute shows what they come to. */
export function liveSettings(options: BenchmarkOptions): Settings {
  const { window: windowMs, bound: boundMs, margin: marginMs } = options;
  return { ...commonSettings(options), windowMs, boundMs, marginMs };
}

/** How a window is counted by the stack as it is deployed by default, which the model and the verdict are about. */
export function deployedSettings(options: BenchmarkOptions): Omit<Settings, 'windowMs'> {
  const { boundSeconds, marginSeconds } = defaultDeployment('both');
  return { ...commonSettings(options), boundMs: boundSeconds * 1_000, marginMs: marginSeconds * 1_000 };
}

function commonSettings({ maxFutureSkew, idleTimeout, late }: BenchmarkOptions) {
  return { maxFutureSkewMs: maxFutureSkew, idleTimeoutMs: idleTimeout, latePolicy: late };
}

/** The settings alone, of options that hold others too: what is sent to the results function is kept as it is. */
export function settingsOf(options: Settings): Settings {
  const { windowMs, boundMs, marginMs, maxFutureSkewMs, idleTimeoutMs, latePolicy } = options;
  return { windowMs, boundMs, marginMs, maxFutureSkewMs, idleTimeoutMs, latePolicy };
}
