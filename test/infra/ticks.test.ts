import { describe, expect, it } from 'vitest';
import { tickCron, tickMinutes } from '#infra/scheduled-batch/ticks.ts';

const MINUTE = 60;
const HOUR = 3600;

describe('tickMinutes', () => {
  it.each([
    [1, 1],
    [5, 1],
    [MINUTE, 1],
    [90, 1],
    [2 * MINUTE, 2],
    [5 * MINUTE, 5],
    [7 * MINUTE, 1],
    [8 * MINUTE, 4],
    [9 * MINUTE, 3],
    [10 * MINUTE, 10],
    [14 * MINUTE, 2],
    [25 * MINUTE, 5],
    [30 * MINUTE, 30],
    [45 * MINUTE, 15],
    [HOUR, 60],
    [90 * MINUTE, 30],
    [24 * HOUR, 60],
    [HOUR + 1, 1],
  ])('of a window of %i s is %i: the largest divisor of an hour that divides it', (windowSeconds, minutes) => {
    expect(tickMinutes(windowSeconds)).toBe(minutes);
  });
});

describe('tickCron', () => {
  it.each([
    [5 * MINUTE, 17, 'cron(1/5 * * * ? *)'],
    [5 * MINUTE, 60, 'cron(1/5 * * * ? *)'],
    [5 * MINUTE, 61, 'cron(2/5 * * * ? *)'],
    [5 * MINUTE, 0, 'cron(0/5 * * * ? *)'],
    [5 * MINUTE, 5 * MINUTE, 'cron(0/5 * * * ? *)'],
    [5 * MINUTE, 2 * HOUR + 17, 'cron(1/5 * * * ? *)'],
    [7 * MINUTE, 17, 'cron(0/1 * * * ? *)'],
    [HOUR, 17, 'cron(1 * * * ? *)'],
    [90 * MINUTE, 17, 'cron(1/30 * * * ? *)'],
    [24 * HOUR, 45 * MINUTE, 'cron(45 * * * ? *)'],
  ])('of a window of %i s with a lag of %i s is %s', (windowSeconds, lagSeconds, expression) => {
    expect(tickCron(windowSeconds, lagSeconds)).toBe(expression);
  });
});
