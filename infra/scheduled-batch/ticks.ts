/**
 * How often the scheduler ticks: the largest divisor of an hour that divides the window, one minute otherwise, since 7 or
 * 90 minutes have no cron expression that is aligned to the epoch. The function decides at each tick whether a window is due.
 */
export function tickMinutes(windowSeconds: number): number {
  return [60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2].find((minutes) => windowSeconds % (minutes * 60) === 0) ?? 1;
}

/**
 * The ticks' cron expression, in UTC. They stand as many minutes behind the window's end as bound + margin need: a tick at
 * the end itself would find the window not due yet, and leave it to the next one.
 */
export function tickCron(windowSeconds: number, lagSeconds: number): string {
  const tick = tickMinutes(windowSeconds);
  const offset = Math.ceil(lagSeconds / 60) % tick;
  return tick === 60 ? `cron(${offset} * * * ? *)` : `cron(${offset}/${tick} * * * ? *)`;
}
