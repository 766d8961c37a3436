import { describe, expect, it } from 'vitest';
import { nextTick } from '../../../../localstack/embedded/scheduler/next-tick.ts';
import { parseSchedule } from '../../../../localstack/embedded/scheduler/schedule-expression.ts';
import { scheduleInput } from '../../../../localstack/embedded/scheduler/scheduler.ts';

const at = (time: string) => Date.parse(`2026-01-01T${time}Z`);

describe('nextTick', () => {
  it.each([
    ['cron(0/5 * * * ? *)', '00:00:00', '00:05:00'],
    ['cron(0/5 * * * ? *)', '00:04:59', '00:05:00'],
    ['cron(1/5 * * * ? *)', '00:57:00', '01:01:00'],
    ['cron(0 * * * ? *)', '10:00:00', '11:00:00'],
    ['cron(* * * * ? *)', '10:00:30', '10:01:00'],
    ['cron(10,40 * * * ? *)', '10:11:00', '10:40:00'],
    ['cron(0-2 6 * * ? *)', '06:01:00', '06:02:00'],
    ['cron(30 6/6 * * ? *)', '06:30:00', '12:30:00'],
    ['cron(0 23 * * ? *)', '22:59:59', '23:00:00'],
  ])('of %s after %s is %s', (expression, after, expected) => {
    expect(nextTick(parseSchedule(expression), at(after), 0)).toBe(at(expected));
  });

  it('of a cron may be on the next day', () => {
    const tick = nextTick(parseSchedule('cron(0 6 * * ? *)'), at('06:00:00'), 0);
    expect(new Date(tick).toISOString()).toBe('2026-01-02T06:00:00.000Z');
  });

  it.each([
    ['rate(1 minute)', '00:00:30', '00:01:10'],
    ['rate(5 minutes)', '00:00:10', '00:05:10'],
    ['rate(1 hour)', '00:30:00', '01:00:10'],
  ])('of %s counts from when the schedule was made', (expression, after, expected) => {
    expect(nextTick(parseSchedule(expression), at(after), at('00:00:10'))).toBe(at(expected));
  });
});

describe('parseSchedule', () => {
  it.each([
    'at(2026-01-01T00:00:00)',
    'cron(0 12 * * MON *)',
    'cron(0 12 1 * ? *)',
    'cron(0 12 * * ?)',
    'cron(60 * * * ? *)',
    'cron(0/0 * * * ? *)',
    'cron(x * * * ? *)',
    'rate(0 minutes)',
  ])('refuses %s by its name', (expression) => {
    expect(() => parseSchedule(expression)).toThrow(`Invalid schedule '${expression}'`);
  });
});

describe('scheduleInput', () => {
  it('fills in the scheduled time without a fraction', () => {
    const schedule = {
      name: 'tick',
      expression: '',
      timeZone: 'UTC',
      enabled: true,
      targetArn: '',
      input: '{"scheduledTime":"<aws.scheduler.scheduled-time>","windowSeconds":300}',
    };
    expect(scheduleInput(schedule, at('00:05:00'))).toBe(
      '{"scheduledTime":"2026-01-01T00:05:00Z","windowSeconds":300}',
    );
  });
});
