import { describe, expect, it } from 'vitest';
import { estimateMonthlyCost, type MonthlyCost, type MonthlyTerm } from '#model/cost/monthly-cost.ts';
import type { Deployment } from '#model/deployment.ts';
import { PRICES } from '#model/prices/price-table.ts';
import type { Workload } from '#model/workload/workload.ts';
import { BOTH, MICRO_BATCH, ONE_KEY, planOf, SCHEDULED_BATCH } from '../timing/one-key.ts';

const IDLE: Workload = { ...ONE_KEY, eventsPerSecond: 0 };

function costOf(workload: Workload, deployment: Deployment): MonthlyCost {
  return estimateMonthlyCost(PRICES, planOf(workload, deployment));
}

function termsOf(workload: Workload, deployment: Deployment): Map<string, MonthlyTerm> {
  return new Map(costOf(workload, deployment).terms.map((term) => [term.id, term]));
}

describe('estimateMonthlyCost', () => {
  // 730 h = 2,628,000 s; 8,760 windows of 5 minutes. What the paths do is worked out in the tests of their efforts.
  const terms = termsOf(ONE_KEY, BOTH);

  it.each<[id: string, usd: number]>([
    ['stream-shards', 10.95], // 730 h × 0.015
    ['stream-puts', 3.6792], // 100/s × 2,628,000 s = 262.8 million × 0.014
    ['stream-keys', 0.07884], // 12/h × 730 h × 3 who ask = 26,280 × 0.03 / 10,000
    ['endpoint-zones', 14.6], // 2 zones × 730 h × 0.01
    ['metrics', 3], // 10 × 0.30
    ['alarms', 2.3], // 23 × 0.10
    ['dashboard', 3], // 1 × 3
    ['database-compute', 43.8], // 730 h × 0.5 ACU × 0.12
    // (17,520 + 17,520) rows × 215 + (2,628,000 + 8,760) commits × 2,100 = 5,544,729,600 bytes = 5.163932 GB; + 1 GB; × 0.10
    ['database-storage', 0.6163932],
    ['micro-batch-duration', 0.2127722], // 2,628,000 × (5.5722345 + 0.5 ms) = 15,957.83 GB-s × 0.0000133334
    ['micro-batch-requests', 0.5256], // 2.628 million × 0.20
    ['micro-batch-logs', 1.468509], // 2,628,000 × 1,200 bytes = 2.937019 GB × 0.50
    // 308 × 17,520 + 143 × 5,256,000 + 2,000 × 2,628,000 = 6,013,004,160 bytes / 4,096 = 1.468019 million × 0.20
    ['micro-batch-io', 0.2936037],
    ['micro-batch-transfer', 0.003929078], // 5,273,520 rows × 80 bytes, half of it between zones, 2 directions: 0.3929078 GB × 0.01
    ['scheduled-batch-duration', 0.4198835], // (500 + 3,094.375 + 0.5 ms) × 8,760 = 31,491.11 GB-s × 0.0000133334
    ['scheduled-batch-requests', 0.001752], // 8,760 × 0.20 / 10⁶
    ['scheduled-batch-logs', 0.004895031], // 8,760 × 1,200 bytes = 0.009790063 GB × 0.50
    ['scheduled-batch-io', 0.001241285], // 8,760 × (308 × 2 + 143 × 2 + 2,000) bytes / 4,096 = 6,206.4 × 0.20 / 10⁶
    ['scheduled-batch-transfer', 0.00002610684], // 35,040 × 80 bytes = 0.002610684 GB × 0.01
    ['scheduled-batch-ticks', 0.00876], // 8,760 × 1 / 10⁶
    ['scheduled-batch-events', 0.00876],
    // 8,760 × (6,000,000 × 4/3 + 30,000 × 220) bytes = 119.112432 GB × 0.01
    ['scheduled-batch-endpoint', 1.191124],
  ])('prices %s', (id, usd) => {
    expect((terms.get(id)?.costUsd ?? Number.NaN) / usd).toBeCloseTo(1, 5);
  });

  it('has no other terms, and adds them up', () => {
    expect(terms.size).toBe(22);
    expect(costOf(ONE_KEY, BOTH).totalUsd).toBeCloseTo(86.16529, 4);
  });

  it('charges backups beyond the volume, from the second day', () => {
    // The whole log of (6,013,004,160 + 25,421,520) bytes in 30.41667 days: 0.1848895 GB a day × 35 − 6.163932 GB = 0.307200 GB × 0.021
    const kept = { ...BOTH, backupDays: 35 };
    expect(termsOf(ONE_KEY, kept).get('database-backup')?.costUsd).toBeCloseTo(0.0064512, 6);
    expect(termsOf(ONE_KEY, { ...kept, monthsKept: 0, backupDays: 1 }).has('database-backup')).toBe(false);
  });

  it('charges retention beyond 24 hours', () => {
    const kept = { ...BOTH, retentionHours: 48 };
    expect(termsOf(ONE_KEY, kept).get('stream-retention')?.costUsd).toBeCloseTo(14.6, 9); // 730 h × 0.02
  });

  it('charges a shared database for its load alone', () => {
    const shared = termsOf(ONE_KEY, { ...BOTH, regime: 'shared' });
    // 35,040 rows × 0.0135 ms + 5,273,520 × 0.0225 ms = 119.12724 s = 0.03309090 h × 4 ACU × 0.12
    expect(shared.get('database-compute')?.costUsd).toBeCloseTo(0.01588363, 8);
    expect(shared.get('database-storage')?.costUsd).toBeCloseTo(0.5163932, 6); // without the empty volume
  });

  it('prices a database elsewhere as a stack without a network, with a secret that each batch reads', () => {
    const shared = termsOf(ONE_KEY, { ...BOTH, regime: 'shared' });
    expect(shared.get('secret')?.costUsd).toBeCloseTo(0.4, 9);
    expect(shared.get('scheduled-batch-secret')?.costUsd).toBeCloseTo(0.0438, 9); // 8,760 × 0.05 / 10,000
    expect(shared.get('alarms')?.costUsd).toBeCloseTo(2.2, 9); // without the database's own
    for (const id of [
      'endpoint-zones',
      'scheduled-batch-endpoint',
      'micro-batch-transfer',
      'scheduled-batch-transfer',
    ]) {
      expect(shared.has(id)).toBe(false);
    }
    expect([terms.has('secret'), terms.has('scheduled-batch-secret')]).toEqual([false, false]);
    const noAlarms = termsOf(ONE_KEY, { ...BOTH, regime: 'shared', alarmMetrics: 0 });
    expect(noAlarms.has('alarms')).toBe(false);
  });

  it('charges retention that windows of half a day and more need, to the batch that needs it', () => {
    const daily = { windowSeconds: 86_400 };
    const retention = (deployment: Deployment) => termsOf(ONE_KEY, deployment).get('stream-retention');
    expect(retention({ ...SCHEDULED_BATCH, ...daily })).toMatchObject({ owner: 'scheduled-batch', costUsd: 14.6 });
    expect(retention({ ...BOTH, ...daily })).toMatchObject({ owner: 'shared', costUsd: 14.6 });
    expect(retention({ ...MICRO_BATCH, ...daily })).toBeUndefined();
    expect(retention({ ...SCHEDULED_BATCH, retentionHours: 48 })).toMatchObject({ owner: 'shared' });
  });

  it('charges invocations that continue a run, with their events and commits', () => {
    // 864 s of reading a day: 2 invocations each; 24 ticks a day
    const daily = costOf(ONE_KEY, { ...SCHEDULED_BATCH, windowSeconds: 86_400 });
    const byId = new Map(daily.terms.map((term) => [term.id, term.quantity]));
    const days = 730 / 24;
    expect(byId.get('scheduled-batch-ticks')).toBeCloseTo(24 * days, 9);
    expect(byId.get('scheduled-batch-events')).toBeCloseTo(25 * days, 9);
    expect(byId.get('scheduled-batch-requests')).toBeCloseTo(25 * days, 9);
    // 4 of 6 rows updated: (308 × 2 + 143 × 4 + 2,000 × 2) bytes
    expect(byId.get('scheduled-batch-io')).toBeCloseTo((days * 5_188) / 4_096, 9);
  });

  it('charges micro-batches for waiting until the database is back', () => {
    const rare = { ...ONE_KEY, eventsPerSecond: 0.001 };
    const duration = (regime: Deployment['regime']) =>
      termsOf(rare, { ...MICRO_BATCH, regime }).get('micro-batch-duration')?.quantity ?? 0;
    // 2,626.7 batches a month, of which 69.78 % wait 15 s at 1 GB
    expect(duration('auto-pause') - duration('always-on')).toBeCloseTo(27_494, -1);
  });

  it('charges a batch by the hour for its share of the time, and for waiting until the database is back', () => {
    const hourly = { ...SCHEDULED_BATCH, windowSeconds: 3_600 };
    const cost = costOf(ONE_KEY, hourly);
    // 360,000 records in 72 MB: 36 s at 2 MB/s, + 0.064072 s. (15 + 36.064072 + 300) / 3,600 = 0.09751780 × 365 ACU-h × 0.12
    expect(cost.batchSeconds).toBeCloseTo(36.064072, 6);
    expect(cost.awakeShare).toBeCloseTo(0.0975178, 8);
    const byId = new Map(cost.terms.map((term) => [term.id, term.costUsd]));
    expect(byId.get('database-compute')).toBeCloseTo(4.2712795, 6);
    // 730 × (0.5 + 15 + 36.064072 + 0.0005 s) = 37,642.14 GB-s × 0.0000133334
    expect(byId.get('scheduled-batch-duration')).toBeCloseTo(0.501898, 6);
  });

  it.each([
    // 10.95 + 14.60 + 3 + 3 + 2.30 + 0.10 + 43.80 = 77.75, and a run a window: Lambda 8,760 × 0.860 GB-s = 0.1004; requests, logs,
    // I/O of 2,000 bytes, ticks, events, ledger rows = 0.0267
    ['both paths, 5 minutes', BOTH, 77.877, true],
    // 33.95 without compute; awake (15 + 0.359 + 300) / 3,600: 3.8369; Lambda 730 × 15.860 GB-s = 0.1544; the rest 0.0022
    ['both paths, an hour', { ...BOTH, windowSeconds: 3_600 }, 37.943, false],
    ['micro-batches alone', MICRO_BATCH, 24.35, false], // 10.95 + 7.30 + 3 + 1.50 + 1.50 + 0.10: it sleeps
    ['scheduled batches alone', SCHEDULED_BATCH, 75.277, true], // 10.95 + 14.60 + 3 + 1.50 + 1.20 + 0.10 + 43.80 + 0.1271
  ] as const)('has a floor while nothing comes: %s', (_, deployment, usd, awake) => {
    const { idleUsd, totalUsd, terms: idleTerms, awakeShare } = costOf(IDLE, deployment);
    expect(totalUsd).toBeCloseTo(usd, 3);
    expect(idleUsd).toBe(totalUsd);
    expect(
      idleTerms.every(({ costUsd, idleUsd: usdOfTerm }) => Number.isFinite(costUsd) && usdOfTerm === costUsd),
    ).toBe(true);
    expect(awakeShare === 1).toBe(awake);
  });

  it('tells what is fixed from what the load adds', () => {
    expect(terms.get('stream-shards')).toMatchObject({ costUsd: 10.95, idleUsd: 10.95 });
    expect(terms.get('stream-puts')?.idleUsd).toBe(0);
    const { idleUsd, totalUsd } = costOf(ONE_KEY, BOTH);
    expect(idleUsd).toBeCloseTo(costOf(IDLE, BOTH).totalUsd, 9);
    expect(totalUsd).toBeGreaterThan(idleUsd);
  });

  it('prices each path as if it stood alone, the database with it', () => {
    const micro = costOf(ONE_KEY, MICRO_BATCH);
    expect(new Set(micro.terms.map(({ owner }) => owner))).toEqual(new Set(['shared', 'micro-batch']));
    expect(micro.batchSeconds).toBeNull();
    expect(termsOf(ONE_KEY, MICRO_BATCH).get('database-compute')?.owner).toBe('micro-batch');
    expect(termsOf(ONE_KEY, SCHEDULED_BATCH).get('database-compute')?.owner).toBe('scheduled-batch');
    expect(terms.get('database-compute')?.owner).toBe('shared');
    expect([...termsOf(ONE_KEY, SCHEDULED_BATCH).keys()].some((id) => id.startsWith('micro-batch'))).toBe(false);
  });

  it('puts the largest term first', () => {
    const usd = costOf(ONE_KEY, BOTH).terms.map(({ costUsd }) => costUsd);
    expect(usd).toEqual([...usd].sort((a, b) => b - a));
    expect(usd[0]).toBeCloseTo(43.8, 9);
  });

  it.each([0.001, 1, 1_000, 1_000_000])('is finite at %d events/s', (eventsPerSecond) => {
    for (const windowSeconds of [60, 420, 86_400]) {
      const cost = costOf({ ...ONE_KEY, eventsPerSecond }, { ...BOTH, windowSeconds });
      expect(Number.isFinite(cost.totalUsd) && Number.isFinite(cost.idleUsd)).toBe(true);
    }
  });
});
