import { describe, expect, it } from 'vitest';
import { driftEvaluation, driftTolerance } from '#infra/operations/alarms/evaluation.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Events that arrive in a minute, whole numbers from 0 on. */
type Traffic = (minute: number) => number;

/** Values of one path's metric in a minute: the events of its commits. */
type Commits = Map<number, number>;

const microBatch = (traffic: Traffic, minutes: number, lost: (minute: number) => number = () => 0): Commits =>
  new Map(Array.from({ length: minutes }, (_, m) => [m, traffic(m) * (1 - lost(m))]));

/** One commit a window, at least a minute after its end; schedule and run are never equally late. */
function scheduledBatch(traffic: Traffic, minutes: number, windowMinutes: number): Commits {
  const commits: Commits = new Map();
  for (let end = windowMinutes, i = 0; end < minutes; end += windowMinutes, i++) {
    let events = 0;
    for (let m = end - windowMinutes; m < end; m++) events += traffic(m);
    commits.set(end + 1 + (i % 3), events);
  }
  return commits;
}

/** First minute at which the alarm goes off; null for never. As in CloudWatch, sliding periods are evaluated each minute. */
function firstAlarm(micro: Commits, batch: Commits, minutes: number, windowMinutes: number): number | null {
  const { periodSeconds, count } = driftEvaluation(windowMinutes * 60);
  const period = periodSeconds / 60;
  const tolerance = driftTolerance(windowMinutes * 60);
  const sums = [runningSum(micro, minutes), runningSum(batch, minutes)] as const;
  const isApart = (end: number): boolean => {
    const [m, b] = sums.map((sum) => (sum[end] as number) - (sum[end - period] as number)) as [number, number];
    if (m === b) return false;
    let largest = 0;
    for (let minute = end - period; minute < end; minute++) largest = Math.max(largest, batch.get(minute) ?? 0);
    return Math.abs(m - b) - tolerance * largest > 1e-6;
  };
  for (let now = count * period; now <= minutes; now++) {
    if (Array.from({ length: count }, (_, i) => now - i * period).every(isApart)) return now;
  }
  return null;
}

function runningSum(commits: Commits, minutes: number): number[] {
  const sums = [0];
  for (let m = 0; m < minutes; m++) sums.push((sums[m] as number) + (commits.get(m) ?? 0));
  return sums;
}

const TRAFFIC: Record<string, Traffic> = {
  steady: () => 1_000,
  'by day and night': (m) => Math.round(1_000 * (1.1 + Math.sin((2 * Math.PI * m) / DAY))),
  'one burst a day': (m) => (m % DAY === 117 ? 50_000 : 0),
  'a burst every two hours': (m) => (m % (2 * HOUR) === 59 ? 50_000 : 0),
  'a burst every 25 hours, on little': (m) => (m % (25 * HOUR) === 59 ? 50_000 : 3),
  'ten times as much from one minute to the next': (m) => (m < 2 * DAY + 17 ? 100 : 1_000),
  'nothing after the second day': (m) => (m < 2 * DAY + 17 ? 1_000 : 0),
};

describe('the tolerance of paths-drifting', () => {
  const minutes = 6 * DAY;
  const cases = Object.keys(TRAFFIC).flatMap((name) =>
    [1, 5, 7, HOUR, 12 * HOUR, DAY].map((window) => [name, window] as const),
  );

  it.each(cases)('accepts traffic that is %s in windows of %i min, at every minute', (name, window) => {
    const traffic = TRAFFIC[name] as Traffic;
    const batch = scheduledBatch(traffic, minutes, window);
    expect(firstAlarm(microBatch(traffic, minutes), batch, minutes, window)).toBeNull();
  });

  const from = 2 * DAY;
  it.each([
    [5, 0.1, 6],
    [HOUR, 0.1, 72],
    [12 * HOUR, 0.9, 72],
  ])('detects windows of %i min of which one path loses the share %f, within %i h', (window, part, hours) => {
    const traffic = TRAFFIC.steady as Traffic;
    const micro = microBatch(traffic, minutes, (m) => (m < from ? 0 : part));
    const alarm = firstAlarm(micro, scheduledBatch(traffic, minutes, window), minutes, window);
    expect(alarm).toBeGreaterThan(from);
    expect(alarm).toBeLessThanOrEqual(from + hours * HOUR);
  });

  it('detects a stopped batch, whatever the window', () => {
    const traffic = TRAFFIC.steady as Traffic;
    for (const window of [5, HOUR, DAY]) {
      const batch = new Map([...scheduledBatch(traffic, minutes, window)].filter(([minute]) => minute < from));
      expect(firstAlarm(microBatch(traffic, minutes), batch, minutes, window)).toBeGreaterThan(from);
    }
  });
});
