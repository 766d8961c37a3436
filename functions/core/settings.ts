/** The settings of counting. Both paths of a deployment, or of a benchmark run, use the same ones. */
export type Settings = {
  /** Size of the tumbling window, ms; whole seconds, at most a day. */
  windowMs: number;
  /** Distance of the watermark behind the greatest event time, ms. */
  boundMs: number;
  /** Time that a scheduled batch waits after a window's end + bound before it reads, ms. */
  marginMs: number;
  /** Maximum lead of an event time over its arrival, ms; an event further in the future is quarantined. */
  maxFutureSkewMs: number;
  /** Time without a record after which a shard that is found empty no longer holds back the path's watermark, ms. */
  idleTimeoutMs: number;
  /** Late events are counted into their windows, or dropped; dropped events are counted as such. */
  latePolicy: 'count' | 'drop';
};

/** Time from a window's end until a scheduled batch reads it, ms: bound + margin. */
export function lagMs(settings: Pick<Settings, 'boundMs' | 'marginMs'>): number {
  return settings.boundMs + settings.marginMs;
}

/** Allowed range of each setting, ms. */
export const SETTING_RANGES_MS = {
  windowMs: { least: 1_000, most: 86_400_000 },
  boundMs: { least: 0, most: 86_400_000 },
  marginMs: { least: 0, most: 3_600_000 },
  maxFutureSkewMs: { least: 0, most: 86_400_000 },
  idleTimeoutMs: { least: 1_000, most: 86_400_000 },
} as const;

/** @throws RangeError naming the first setting that is missing, of a wrong type or out of range */
export function parseSettings(value: unknown): Settings {
  if (typeof value !== 'object' || value === null)
    throw new RangeError(`Invalid settings '${value}': expected an object`);
  const given = value as Record<string, unknown>;
  const take = (name: keyof typeof SETTING_RANGES_MS): number => {
    const { least, most } = SETTING_RANGES_MS[name];
    const ms = given[name];
    if (typeof ms !== 'number' || !Number.isInteger(ms) || ms < least || ms > most) {
      throw new RangeError(`Invalid setting ${name} '${ms}': expected whole milliseconds from ${least} to ${most}`);
    }
    return ms;
  };
  const windowMs = take('windowMs');
  if (windowMs % 1000 !== 0) throw new RangeError(`Invalid setting windowMs '${windowMs}': expected whole seconds`);
  const latePolicy = given.latePolicy;
  if (latePolicy !== 'count' && latePolicy !== 'drop') {
    throw new RangeError(`Invalid setting latePolicy '${latePolicy}': expected 'count' or 'drop'`);
  }
  return {
    windowMs,
    boundMs: take('boundMs'),
    marginMs: take('marginMs'),
    maxFutureSkewMs: take('maxFutureSkewMs'),
    idleTimeoutMs: take('idleTimeoutMs'),
    latePolicy,
  };
}
