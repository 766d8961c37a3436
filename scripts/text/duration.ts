import { UsageError } from './usage-error.ts';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

const UNITS_MS: Record<string, number> = { ms: 1, s: SECOND_MS, m: MINUTE_MS, h: 3_600_000, d: DAY_MS };

export type DurationRange = { leastMs: number; mostMs: number; wholeSeconds?: boolean };

/**
 * Reads `500ms`, `5s`, `7m`, `1.5h` or `1d` as milliseconds.
 *
 * @throws UsageError naming the option and the allowed range
 */
export function parseDuration(option: string, text: string, range: DurationRange): number {
  const match = /^(\d{1,15})(?:\.(\d{1,6}))?(ms|s|m|h|d)$/.exec(text);
  const ms = match === null ? Number.NaN : toMs(match[1] as string, match[2] ?? '', match[3] as string);
  if (!Number.isInteger(ms) || ms < range.leastMs || ms > range.mostMs) {
    const allowed = `${formatDuration(range.leastMs)} to ${formatDuration(range.mostMs)}`;
    throw new UsageError(
      `Invalid ${option} '${text}': expected a number with ms, s, m, h or d, from ${allowed}; see --help`,
    );
  }
  if (range.wholeSeconds && ms % 1_000 !== 0) {
    throw new UsageError(`Invalid ${option} '${text}': expected whole seconds; see --help`);
  }
  return ms;
}

/** Computes with whole numbers until the last step, as 1.1 × 3,600,000 is not a whole number in floating point. */
function toMs(whole: string, decimals: string, unit: string): number {
  return (Number(whole + decimals) * (UNITS_MS[unit] as number)) / 10 ** decimals.length;
}

/** The shortest exact way to write a duration: 300,000 ms is `5m`. */
export function formatDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const size = UNITS_MS[unit] as number;
    if (ms !== 0 && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}
