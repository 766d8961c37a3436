import { randomUUID } from 'node:crypto';
import { EmbeddedStackError } from '../errors.ts';
import { nextTick, parseSchedule } from './schedule-expression.ts';

export type Schedule = {
  name: string;
  expression: string;
  timeZone: string;
  enabled: boolean;
  targetArn: string;
  /** Input for the target, with unresolved `<aws.scheduler.…>` context attributes. */
  input: string;
};

type Scheduler = { close(): void };

const UTC_NAMES = ['UTC', 'Etc/UTC', 'GMT'];

/**
 * Delivers the input of every enabled schedule to its target at each tick, as an asynchronous invocation.
 * @throws EmbeddedStackError for an unsupported expression or time zone
 */
export function startScheduler(
  schedules: readonly Schedule[],
  deliver: (targetArn: string, payload: Buffer) => void,
): Scheduler {
  const startMs = Date.now();
  const timers = new Map<string, NodeJS.Timeout>();

  for (const schedule of schedules) {
    const { name, expression, timeZone } = schedule;
    if (!UTC_NAMES.includes(timeZone)) {
      throw new EmbeddedStackError(
        `Schedule '${name}' is in time zone '${timeZone}': expected UTC; change the template`,
      );
    }
    const times = parseSchedule(expression);
    if (!schedule.enabled) continue;

    const wait = (scheduledMs: number): void => {
      const timer = setTimeout(
        () => {
          // A timer may fire a fraction early. The scheduled time decides, not the clock.
          if (Date.now() < scheduledMs) return wait(scheduledMs);
          deliver(schedule.targetArn, Buffer.from(scheduleInput(schedule, scheduledMs)));
          wait(nextTick(times, scheduledMs, startMs));
        },
        Math.max(0, scheduledMs - Date.now()),
      );
      timers.set(name, timer);
    };
    wait(nextTick(times, startMs, startMs));
  }

  return {
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** Input for the target with its context attributes resolved; times are ISO 8601 in whole seconds. */
export function scheduleInput({ name, input }: Schedule, scheduledMs: number): string {
  const values: Record<string, string> = {
    'scheduled-time': `${new Date(scheduledMs).toISOString().slice(0, 19)}Z`,
    'schedule-arn': name,
    'execution-id': randomUUID(),
    'attempt-number': '1',
  };
  return input.replace(/<aws\.scheduler\.([a-z-]+)>/g, (attribute, key: string) => values[key] ?? attribute);
}
