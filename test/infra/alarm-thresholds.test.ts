import { describe, expect, it } from 'vitest';
import { pageAgeHours, recordAgeHours } from '#infra/micro-batch/record-age.ts';
import { type AlarmProperties, alarmsOf, evaluationOf } from '../support/observed-metrics.ts';
import { observedTemplate } from '../support/observed-stack.ts';

function alarm(name: string, context: Record<string, string> = {}): AlarmProperties {
  const all = alarmsOf(observedTemplate(context));
  const found = all[name];
  if (found === undefined) throw new Error(`No alarm '${name}' among ${Object.keys(all).join(', ')}`);
  return found;
}

describe('micro-batch-behind', () => {
  it.each([
    ['24', 43_200_000, '12 h = half the retention', 'at 23 h'],
    ['25', 45_000_000, '12.5 h = half the retention', 'at 24 h'],
    ['168', 302_400_000, '84 h = half the retention', 'at 167 h'],
    ['169', 302_400_000, '84 h = half the week that the mapping waits at most', 'at 168 h'],
    ['8760', 302_400_000, '84 h = half the week that the mapping waits at most', 'at 168 h'],
  ])('pages at half of a retention of %s hours, or of a week', (retention, threshold, words, setAside) => {
    const { Threshold, AlarmDescription } = alarm('Tidemark-page-micro-batch-behind', { retention });
    expect(Threshold).toBe(threshold);
    expect(AlarmDescription).toContain(words);
    expect(AlarmDescription).toContain(`${setAside} the mapping sets records aside, and they have to be redriven`);
  });

  it('pages before the mapping sets records aside, and that before they expire, whatever the retention', () => {
    for (let retention = 24; retention <= 8760; retention++) {
      expect(pageAgeHours({ retention })).toBeLessThan(recordAgeHours({ retention }));
      expect(recordAgeHours({ retention })).toBeLessThan(retention);
    }
  });

  it('warns a minute beyond the batching window, which every record may have to wait for', () => {
    const { Threshold } = alarm('Tidemark-warning-micro-batch-behind', { batchingWindow: '300' });
    expect(Threshold).toBe(360_000);
  });
});

describe('scheduled-batch-missed', () => {
  it.each([
    ['1 s', '1', 24],
    ['5 min', '300', 24],
    ['7 min', '420', 24],
    ['1 h', '3600', 24],
    ['90 min', '5400', 24],
    ['11 h 57 min 30 s, the longest that periods below an hour cover', '43050', 24],
    ['a second more', '43051', 24],
    ['1 day', '86400', 72],
  ])('covers two windows of %s, and a little, within the limits of CloudWatch', (_, window, retention) => {
    const missed = alarm('Tidemark-page-scheduled-batch-missed', { window, retention: String(retention) });
    const { periodSeconds, count } = evaluationOf(missed);
    const seconds = periodSeconds * count;

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html, Period
    expect(periodSeconds % 60).toBe(0);
    expect(periodSeconds).toBeLessThanOrEqual(86_400);
    expect(seconds).toBeLessThanOrEqual(periodSeconds < 3600 ? 86_400 : 604_800);
    // A window below a minute has one run a minute, plus the scheduler's minute.
    expect(seconds).toBeGreaterThanOrEqual(2 * Math.max(Number(window), 60) + 60);
    expect(seconds).toBeLessThan(2 * Math.max(Number(window), 60) + 300 + 3600);
  });

  it('says how long the first records last, and where they do not', () => {
    const ofDay = (retention: string) =>
      alarm('Tidemark-page-scheduled-batch-missed', { window: '86400', retention }).AlarmDescription;

    expect(alarm('Tidemark-page-scheduled-batch-missed').AlarmDescription).toContain('expire in about 23 h');
    expect(ofDay('96')).toContain('49 h = two windows of 24 h');
    expect(ofDay('96')).toContain('expire in about 46 h');
    expect(ofDay('49')).toContain('expire now: give the stream a longer retention');
  });
});

describe('scheduled-batch-failed', () => {
  it.each([
    [{ window: '21300', retention: '24' }, 'warning'],
    [{ window: '21600', retention: '24' }, 'page'],
    [{ window: '86400', retention: '168' }, 'warning'],
  ])('pages where two missed windows are more than half the retention: %j, %s', (context, level) => {
    const names = Object.keys(alarmsOf(observedTemplate(context))).filter((name) => name.endsWith('batch-failed'));
    expect(names).toEqual([`Tidemark-${level}-scheduled-batch-failed`]);
  });
});

describe('stream-too-full', () => {
  it.each([
    [{}, 3600, 1_800_000_000],
    [{ shards: '4', shardLoad: '25' }, 3600, 3_600_000_000],
    [{ window: '86400', retention: '72' }, 86_400, 43_200_000_000],
    [{ window: '5401' }, 5460, 2_730_000_000],
  ])(
    'takes what the shards may be full to, over an hour or a longer window: %j',
    (context, periodSeconds, threshold) => {
      const tooFull = alarm('Tidemark-warning-stream-too-full', context);
      expect(evaluationOf(tooFull)).toEqual({ periodSeconds, count: 1 });
      expect(tooFull.Threshold).toBe(threshold);
    },
  );
});

describe('database-at-maximum', () => {
  it('names the maximum', () => {
    const { AlarmDescription } = alarm('Tidemark-warning-database-at-maximum', { maxAcu: '2' });
    expect(AlarmDescription).toContain('95 % or more of maxAcu = 2 ACU');
  });
});

describe('paths-drifting', () => {
  it.each([
    ['1', 3600],
    ['150', 3600],
    ['151', 3660],
    ['300', 7200],
    ['420', 10_080],
    ['3600', 86_400],
    ['5400', 86_400],
  ])(
    'compares 24 windows of %s s, at least an hour, at most a day: %i s, three times in a row',
    (window, periodSeconds) => {
      expect(evaluationOf(alarm('Tidemark-warning-paths-drifting', { window }))).toEqual({ periodSeconds, count: 3 });
    },
  );

  it.each([
    ['1', 6],
    ['60', 6],
    ['300', 2],
    ['420', 1.72],
    ['86400', 1.01],
  ])('takes, in windows of %s s, %f times the largest batch as legitimate', (window, batches) => {
    const retention = '72';
    const { Metrics } = alarm('Tidemark-warning-paths-drifting', { window, retention });
    expect(Metrics?.[0]?.Expression).toContain(` - ${batches} * FILL(largestBatch, 0)`);
  });
});
