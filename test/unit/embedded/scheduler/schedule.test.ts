import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, parseSchedule } from '#localstack/embedded/scheduler/schedule-expression.ts';
import { scheduleInput, startScheduler } from '#localstack/embedded/scheduler/scheduler.ts';

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

const TICK = {
  name: 'tick',
  expression: 'cron(0/5 * * * ? *)',
  timeZone: 'Etc/UTC',
  enabled: true,
  targetArn: 'arn:of:target',
  input: '{"scheduledTime":"<aws.scheduler.scheduled-time>","windowSeconds":300}',
};

describe('startScheduler', () => {
  beforeEach(() => void vi.useFakeTimers({ now: at('00:03:00') }));
  afterEach(() => void vi.useRealTimers());

  it('delivers every tick once, with its scheduled time, until it is closed', () => {
    const delivered: string[] = [];
    const scheduler = startScheduler([TICK], (targetArn, payload) => {
      delivered.push(`${targetArn} ${JSON.parse(payload.toString()).scheduledTime}`);
    });
    vi.advanceTimersByTime(8 * 60_000);
    scheduler.close();
    vi.advanceTimersByTime(60 * 60_000);
    expect(delivered).toEqual(['arn:of:target 2026-01-01T00:05:00Z', 'arn:of:target 2026-01-01T00:10:00Z']);
  });

  it('leaves a disabled schedule alone', () => {
    const deliver = vi.fn();
    startScheduler([{ ...TICK, enabled: false }], deliver);
    vi.advanceTimersByTime(60 * 60_000);
    expect(deliver).not.toHaveBeenCalled();
  });

  it('refuses a time zone other than UTC', () => {
    expect(() => startScheduler([{ ...TICK, timeZone: 'Europe/Paris' }], () => {})).toThrow(
      "in time zone 'Europe/Paris'",
    );
  });
});

describe('scheduleInput', () => {
  it('fills in the scheduled time without a fraction', () => {
    expect(scheduleInput(TICK, at('00:05:00'))).toBe('{"scheduledTime":"2026-01-01T00:05:00Z","windowSeconds":300}');
  });
});
