import { EmbeddedStackError } from '../errors.ts';

/** Ticks of a schedule, in UTC: at these minutes and hours of every day, or at an interval in minutes. */
type ScheduleTimes =
  | { kind: 'cron'; minutes: readonly number[]; hours: readonly number[] }
  | { kind: 'rate'; minutes: number };

const UNIT_MINUTES: Record<string, number> = { minute: 1, hour: 60, day: 1440 };

/**
 * Reads EventBridge Scheduler's `cron(minutes hours * * ? *)` with lists, ranges and steps, and `rate(N minutes)`.
 * @throws EmbeddedStackError for anything else
 */
export function parseSchedule(expression: string): ScheduleTimes {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) {
    const minutes = Number(rate[1]) * (UNIT_MINUTES[rate[2] ?? ''] ?? 0);
    return minutes > 0 ? { kind: 'rate', minutes } : fail(expression, 'expected a rate of at least one minute');
  }
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  const [minutes = '', hours = '', dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6) fail(expression, 'expected rate(N minutes) or cron() with six fields');
  const isEveryDay =
    [dayOfMonth, dayOfWeek].every((field) => field === '*' || field === '?') && month === '*' && year === '*';
  if (!isEveryDay) fail(expression, 'expected every day (* * ? *): the embedded scheduler has no calendar');
  return { kind: 'cron', minutes: parseField(minutes, 59, expression), hours: parseField(hours, 23, expression) };
}

/** Values of a field in ascending order: "5", "0,30", "10-20", "0/5", "*", "10-40/10", or several with commas. */
function parseField(field: string, most: number, expression: string): number[] {
  const values = field.split(',').flatMap((part) => {
    const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    if (range !== '*' && from === undefined) fail(expression, `'${part}' is not a number, range or step`);
    const first = Number(from ?? 0);
    const last = Number(to ?? (step !== undefined || range === '*' ? most : first));
    const stride = Number(step ?? 1);
    if (first > last || last > most || stride < 1) fail(expression, `'${part}' is outside of 0 to ${most}`);
    return Array.from({ length: Math.floor((last - first) / stride) + 1 }, (_none, index) => first + index * stride);
  });
  return [...new Set(values)].sort((left, right) => left - right);
}

function fail(expression: string, reason: string): never {
  throw new EmbeddedStackError(`Invalid schedule '${expression}': ${reason}; see localstack/embedded/scheduler`);
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/**
 * First scheduled time after `afterMs`, epoch ms. A rate counts from `startMs`, when its schedule was created; a cron
 * expression follows the clock in UTC.
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
