/**
 * Interval of the scheduler's ticks, minutes: the largest divisor of an hour that divides the window, otherwise 1. Windows
 * of 7 or 90 minutes have no cron expression that is aligned to the epoch. At each tick the function decides whether a
 * window is due.
 */
export function tickMinutes(windowSeconds: number): number {
  return [60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2].find((minutes) => windowSeconds % (minutes * 60) === 0) ?? 1;
}

/**
 * Cron expression of the ticks, in UTC. Ticks follow the window's end by bound + margin, rounded up to minutes. A tick at
 * the end itself would come before the window is due, and leave it to the next tick.
 */
export function tickCron(windowSeconds: number, lagSeconds: number): string {
  const tick = tickMinutes(windowSeconds);
  const offset = Math.ceil(lagSeconds / 60) % tick;
  return tick === 60 ? `cron(${offset} * * * ? *)` : `cron(${offset}/${tick} * * * ? *)`;
}
