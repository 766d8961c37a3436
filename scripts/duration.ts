import { UsageError } from './usage-error.ts';

const UNITS_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads `500ms`, `5s`, `7m`, `1.5h` or `1d` as milliseconds.
 *
 * @throws UsageError naming the option and the allowed range
 */
export function parseDuration(option: string, text: string, range: { leastMs: number; mostMs: number }): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  const ms = match === null ? Number.NaN : Number(match[1]) * (UNITS_MS[match[2] as string] as number);
  if (!Number.isInteger(ms) || ms < range.leastMs || ms > range.mostMs) {
    const allowed = `${formatDuration(range.leastMs)} to ${formatDuration(range.mostMs)}`;
    throw new UsageError(
      `Invalid ${option} '${text}': expected a number with ms, s, m, h or d, from ${allowed}; see --help`,
    );
  }
  return ms;
}

/** The shortest exact way to write a duration: 300,000 ms is `5m`. */
export function formatDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const size = UNITS_MS[unit] as number;
    if (ms !== 0 && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}
