import type { ScheduleTimes } from './schedule-expression.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/**
 * The first scheduled time after `afterMs`, in epoch milliseconds. A rate counts from `startMs`, when its schedule was
 * made; a cron is on the clock of UTC.
 */
export function nextTick(times: ScheduleTimes, afterMs: number, startMs: number): number {
  if (times.kind === 'rate') {
    const intervalMs = times.minutes * MINUTE_MS;
    return startMs + (Math.floor((afterMs - startMs) / intervalMs) + 1) * intervalMs;
  }
  const firstMinute = Math.floor(afterMs / MINUTE_MS) + 1;
  for (let minute = firstMinute; minute <= firstMinute + DAY_MINUTES; minute += 1) {
    const minuteOfDay = minute % DAY_MINUTES;
    if (times.hours.includes(Math.floor(minuteOfDay / 60)) && times.minutes.includes(minuteOfDay % 60)) {
      return minute * MINUTE_MS;
    }
  }
  throw new Error('A cron expression with at least one minute and hour ticks every day');
}
