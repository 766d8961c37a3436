import type { Settings } from '#functions/contract.ts';
import { defaultDeployment } from '#model/deployment.ts';
import type { BenchmarkOptions } from './benchmark-options.ts';

/** Settings of the live run. Its windows and its bound are small, so that one minute shows several windows. */
export function liveSettings(options: BenchmarkOptions): Settings {
  const { window: windowMs, bound: boundMs, margin: marginMs } = options;
  return { ...commonSettings(options), windowMs, boundMs, marginMs };
}

/** Settings of the stack as it is deployed by default: the model and the verdict are about it. */
export function deployedSettings(options: BenchmarkOptions): Omit<Settings, 'windowMs'> {
  const { boundSeconds, marginSeconds } = defaultDeployment('both');
  return { ...commonSettings(options), boundMs: boundSeconds * 1_000, marginMs: marginSeconds * 1_000 };
}

function commonSettings({ maxFutureSkew, idleTimeout, late }: BenchmarkOptions) {
  return { maxFutureSkewMs: maxFutureSkew, idleTimeoutMs: idleTimeout, latePolicy: late };
}

/** Takes the settings out of larger options, because the results function stores all that it is sent. */
export function settingsOf(options: Settings): Settings {
  const { windowMs, boundMs, marginMs, maxFutureSkewMs, idleTimeoutMs, latePolicy } = options;
  return { windowMs, boundMs, marginMs, maxFutureSkewMs, idleTimeoutMs, latePolicy };
}
