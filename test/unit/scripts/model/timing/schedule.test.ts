import { describe, expect, it } from 'vitest';
import { dueCutOffMs, isDue } from '#functions/core/window.ts';
import { tickCron, tickMinutes } from '#infra/scheduled-batch/ticks.ts';
import type { Deployment } from '#model/deployment.ts';
import { neededRetentionHours, planSchedule, ticksPerRun } from '#model/timing/schedule.ts';
import { BOTH, MICRO_BATCH, SCHEDULED_BATCH } from './one-key.ts';

const DAYS = 20;
const DAY_SECONDS = 86_400;

/** What the deployed stack does: its cron expression, and the function's own word on each tick. */
function simulate({ windowSeconds, boundSeconds, marginSeconds }: Deployment): {
  intervalSeconds: number;
  ticksPerRun: number;
  startSeconds: number;
  dueSeconds: number;
} {
  const tickSeconds = tickMinutes(windowSeconds) * 60;
  const lag = boundSeconds + marginSeconds;
  const settings = { windowMs: windowSeconds * 1_000, boundMs: boundSeconds * 1_000, marginMs: marginSeconds * 1_000 };
  const offset = Number(/^cron\((\d+)/.exec(tickCron(windowSeconds, lag))?.[1]) * 60;
  const [runs, starts, dues]: [number[], number[], number[]] = [[], [], []];
  let ticks = 0;
  let counted = Math.ceil(DAY_SECONDS / windowSeconds) * windowSeconds; // the end of the last window that was counted
  for (let at = DAY_SECONDS + offset; at < (DAYS + 1) * DAY_SECONDS + offset; at += tickSeconds) {
    ticks++;
    if (!isDue(at * 1_000, tickSeconds * 1_000, settings)) continue;
    const cutOff = dueCutOffMs(at * 1_000, settings) / 1_000;
    runs.push(at);
    starts.push(at - cutOff);
    for (; counted + lag <= cutOff; counted += windowSeconds) dues.push(at - counted);
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    intervalSeconds: (DAYS * DAY_SECONDS) / runs.length,
    ticksPerRun: ticks / runs.length,
    startSeconds: mean(starts),
    dueSeconds: mean(dues),
  };
}

describe('planSchedule', () => {
  it.each([5, 45, 60, 90, 150, 300, 420, 900, 3_600, 5_400, 7_200, 43_200])(
    'is what cron and the function make of windows of %i s, whatever the lag',
    (windowSeconds) => {
      for (const boundSeconds of [0, 15, 58, 70, 400]) {
        const deployment = { ...SCHEDULED_BATCH, windowSeconds, boundSeconds };
        const expected = simulate(deployment);
        const planned = planSchedule(deployment);
        // The simulation begins and ends somewhere within a cycle.
        expect(Math.abs(planned.startSeconds - expected.startSeconds)).toBeLessThan(0.5);
        expect(Math.abs(planned.dueSeconds - expected.dueSeconds)).toBeLessThan(0.5);
        expect(planned.intervalSeconds / expected.intervalSeconds).toBeCloseTo(1, 2);
        expect(planned.ticksPerRun / expected.ticksPerRun).toBeCloseTo(1, 2);
      }
    },
  );

  it('waits 43 s beyond the 17 s of lag for the tick', () => {
    expect(planSchedule(SCHEDULED_BATCH)).toEqual({
      intervalSeconds: 300,
      ticksPerRun: 1,
      startSeconds: 43,
      dueSeconds: 60,
    });
  });

  it('lets windows below a minute share the run of their minute', () => {
    // Of windows of 20 s, ends + 17 s are at 17, 37 and 57 s: all wait for the tick at 60 s, 60 + 40 + 20 s after their ends
    expect(planSchedule({ ...SCHEDULED_BATCH, windowSeconds: 20 })).toEqual({
      intervalSeconds: 60,
      ticksPerRun: 1,
      startSeconds: 3,
      dueSeconds: 40,
    });
  });

  it('lets all but the last window of a longer interval wait for it', () => {
    // Four windows of 15 minutes by the hour: they ended 45, 30, 15 and 0 minutes before, 22.5 in the mean
    expect(planSchedule({ ...SCHEDULED_BATCH, windowSeconds: 900, batchIntervalSeconds: 3_600 })).toEqual({
      intervalSeconds: 3_600,
      ticksPerRun: 1,
      startSeconds: 43,
      dueSeconds: 60 + 1_350,
    });
  });

  it('runs several times a window where the interval is shorter', () => {
    const often = { ...SCHEDULED_BATCH, windowSeconds: 3_600, batchIntervalSeconds: 300 };
    expect(planSchedule(often)).toMatchObject({ intervalSeconds: 300, dueSeconds: 60 });
  });

  it('has no ticks to wait for where the batch is called when a window is due', () => {
    expect(planSchedule({ ...SCHEDULED_BATCH, windowSeconds: 5, tickSeconds: 0 })).toEqual({
      intervalSeconds: 5,
      ticksPerRun: 1,
      startSeconds: 0,
      dueSeconds: 17,
    });
  });
});

describe('ticksPerRun', () => {
  it.each([
    [60, 1],
    [300, 1],
    [420, 7], // every minute
    [3_600, 1],
    [5_400, 3], // every 30 minutes
    [86_400, 24], // every hour
    [90, 1.5], // every minute
  ])('asks as often in %i s as the schedule does', (seconds, ticks) => {
    expect(ticksPerRun(seconds)).toBe(ticks);
  });
});

describe('neededRetentionHours', () => {
  const hoursOf = (deployment: Deployment): number => neededRetentionHours(deployment, planSchedule(deployment));

  it('is what is deployed while two runs and the lag fit into it', () => {
    expect(hoursOf(SCHEDULED_BATCH)).toBe(24);
    expect(hoursOf({ ...SCHEDULED_BATCH, retentionHours: 168, windowSeconds: 86_400 })).toBe(168);
  });

  it('is two runs and the lag, in begun hours, where that is longer', () => {
    expect(hoursOf({ ...SCHEDULED_BATCH, windowSeconds: 43_200 })).toBe(25); // 24 h and 17 s
    expect(hoursOf({ ...BOTH, windowSeconds: 86_400 })).toBe(49);
    expect(hoursOf({ ...BOTH, windowSeconds: 300, batchIntervalSeconds: 86_400 })).toBe(49);
  });

  it('does not follow the window where no batch reads', () => {
    expect(hoursOf({ ...MICRO_BATCH, windowSeconds: 86_400 })).toBe(24);
  });
});
