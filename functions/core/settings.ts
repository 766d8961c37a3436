/** How a path counts. Both paths of a deployment, or of a benchmark run, count by the same settings. */
export type Settings = {
  /** Size of the tumbling window, ms; whole seconds up to a day. */
  windowMs: number;
  /** How far behind the greatest event time the watermark stays, ms. */
  boundMs: number;
  /** Beyond end + bound, how long a batch waits before it reads, ms. */
  marginMs: number;
  /** An event time further ahead of its arrival than this is quarantined, ms. */
  maxFutureSkewMs: number;
  /** After this long without a record a shard stops holding the micro-batch path's watermark back, ms. */
  idleTimeoutMs: number;
  /** What becomes of a late event: counted into its window, or dropped and counted as dropped. */
  latePolicy: 'count' | 'drop';
};

/** From a window's end until the batch that counts it reads: bound + margin, ms. */
export function lagMs(settings: Pick<Settings, 'boundMs' | 'marginMs'>): number {
  return settings.boundMs + settings.marginMs;
}

/** Least and most of each setting, ms. */
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
