import { describe, expect, it } from 'vitest';
import { estimateMonthlyCost, splitCost } from '#model/cost/monthly-cost.ts';
import type { Deployment, Owner, Regime } from '#model/deployment.ts';
import { PRICES } from '#model/prices/price-table.ts';
import { MICRO_BATCH, ONE_KEY, planOf, SCHEDULED_BATCH } from '../timing/one-key.ts';

/*
 * Every figure of one scenario, on paper: 100 events/s of 200 bytes, one a record, all of one host and one referrer, so that 2 rows
 * hold a window; windows of an hour, one shard; functions of 2,048 MB, which is a whole core and 2 GB.
 * A month: 730 h = 2,628,000 s = 730 windows; 262,800,000 events and records.
 */
const HOUR: Partial<Deployment> = { windowSeconds: 3_600, memoryMb: 2_048 };

/** A line of the bill: what it costs, and what of it while nothing comes. USD a month. */
type Line = readonly [id: string, owner: Owner, costUsd: number, idleUsd: number];

/** What either path needs. */
const STREAM: readonly Line[] = [
  ['stream-shards', 'shared', 10.95, 10.95], // 730 h × 0.015
  ['stream-puts', 'shared', 3.6792, 0], // 262.8 million units of 25 KB × 0.014
  ['stream-keys', 'shared', 0.05256, 0], // 12/h × 730 h × 2, producer and path, = 17,520 × 0.03 / 10,000
  ['dashboard', 'shared', 3, 3],
];

/*
 * Micro-batches: the mapping polls once a second: 2,628,000 batches of 100 records. Each writes its 2 rows, and the one that crosses
 * a window's end 2 more: 5,256,000 + 730 × 2 = 5,257,460, of which 730 × 2 = 1,460 are inserted and 5,256,000 updated.
 * One takes 0.13 + 100 × 0.0025 + 100 × (0.0019 + 0.0028) + 20,000 × 0.0000017 = 0.884 ms of CPU, and 4 + 0.0225 × 2 +
 * 0.0135 × 1,460 / 2,628,000 = 4.0450075 ms of database: 4.9290075 ms, and half a millisecond for the begun one.
 */
const MICRO: readonly Line[] = [
  ['micro-batch-duration', 'micro-batch', 0.38046675, 0], // 2,628,000 × 0.0054290075 s × 2 GB = 28,534.863 GB-s × 0.0000133334
  ['micro-batch-requests', 'micro-batch', 0.5256, 0], // 2.628 million × 0.20
  ['micro-batch-logs', 'micro-batch', 1.4685094, 0], // 2,628,000 × 1,200 bytes = 2.9370189 GB × 0.50
  ['metrics', 'micro-batch', 1.5, 1.5], // 5 × 0.30
];

/*
 * Write-ahead log: 308 × 1,460 + 143 × 5,256,000 + 2,000 × 2,628,000 = 449,680 + 751,608,000 + 5,256,000,000 = 6,008,057,680 bytes.
 * Kept: 215 × 1,460 + 2,100 × 2,628,000 = 313,900 + 5,518,800,000 = 5,519,113,900 bytes = 5.1400754 GB. The log of 7 days is
 * 5.595 GB / 30.41667 × 7 = 1.288 GB, less than what is kept: backups are free.
 */
const MICRO_IO: Line = ['micro-batch-io', 'micro-batch', 0.29336219, 0]; // 6,008,057,680 / 4,096 = 1.466811 million × 0.20

const MICRO_OWN_DATABASE: readonly Line[] = [
  ...MICRO,
  MICRO_IO,
  ['endpoint-zones', 'micro-batch', 7.3, 7.3], // one zone × 730 h × 0.01
  ['alarms', 'micro-batch', 1.5, 1.5], // 15 × 0.10
  // 5,257,460 rows × 80 bytes, half of it to the other zone, paid in 2 directions: 0.39171129 GB × 0.01
  ['micro-batch-transfer', 'micro-batch', 0.0039171129, 0],
  ['database-storage', 'micro-batch', 0.61400754, 0.1], // (1 + 5.1400754 GB) × 0.10; empty: 1 GB
];

/*
 * Scheduled batches: 730 runs of 360,000 records in 72 MB. 36 s of reading at 2 MB/s; CPU 51 + 120 + 360,000 × 0.012 = 4,491 ms is
 * less. Each reads from 17 s after one hour to 17 s after the next: 2 + 2 rows, of which 2 are inserted. Database: 60 + 4 + 0.0135 × 2 +
 * 0.0225 × 2 = 64.072 ms. A run takes 36.064072 s, INIT 500 ms, a resume 15 s. One tick an hour.
 * While nothing comes: 171 ms of CPU and 64 ms = 0.235 s. Half a millisecond more is billed.
 */
const BATCH: readonly Line[] = [
  ['scheduled-batch-requests', 'scheduled-batch', 0.000146, 0.000146], // 730 × 0.20 / 10⁶
  ['scheduled-batch-logs', 'scheduled-batch', 0.00040791929, 0.00040791929], // 730 × 1,200 bytes = 0.00081583858 GB × 0.50
  ['scheduled-batch-ticks', 'scheduled-batch', 0.00073, 0.00073], // 730 × 1 / 10⁶
  ['scheduled-batch-events', 'scheduled-batch', 0.00073, 0.00073], // one an answer
  // 730 × (308 × 2 + 143 × 2 + 2,000) = 2,118,460 bytes / 4,096 = 517.20215 × 0.20 / 10⁶; idle: 730 × 2,000 / 4,096 = 356.44531
  ['scheduled-batch-io', 'scheduled-batch', 0.00010344043, 0.000071289062],
  ['metrics', 'scheduled-batch', 1.5, 1.5],
];

const BATCH_OWN_DATABASE: readonly Line[] = [
  ...BATCH,
  ['endpoint-zones', 'scheduled-batch', 14.6, 14.6], // two zones
  ['alarms', 'scheduled-batch', 1.2, 1.2], // 12 × 0.10
  // 730 × (72,000,000 × 4/3 + 360,000 × 220) = 127,896,000,000 bytes = 119.11243 GB × 0.01
  ['scheduled-batch-endpoint', 'scheduled-batch', 1.1911243, 0],
  ['scheduled-batch-transfer', 'scheduled-batch', 0.0000021755695, 0], // 2,920 rows × 80 bytes = 0.00021755695 GB × 0.01
  // 215 × 1,460 + 2,100 × 730 = 1,846,900 bytes; (1 + 0.0017200597 GB) × 0.10; idle: 1,533,000 bytes
  ['database-storage', 'scheduled-batch', 0.10017201, 0.10014277],
];

const BILLS: readonly { regime: Regime; paths: 'micro-batch' | 'scheduled-batch'; lines: readonly Line[] }[] = [
  {
    regime: 'auto-pause',
    paths: 'micro-batch',
    lines: [
      ...MICRO_OWN_DATABASE,
      // A batch each second lets it never pause: 730 h × 0.5 ACU × 0.12. While nothing comes it sleeps.
      ['database-compute', 'micro-batch', 43.8, 0],
    ],
  },
  {
    regime: 'always-on',
    paths: 'micro-batch',
    lines: [...MICRO_OWN_DATABASE, ['database-compute', 'micro-batch', 43.8, 43.8]],
  },
  {
    // A database elsewhere: no network, so neither endpoint nor traffic between zones; a secret, and no alarm on the database.
    regime: 'shared',
    paths: 'micro-batch',
    lines: [
      ...MICRO,
      MICRO_IO,
      ['alarms', 'micro-batch', 1.4, 1.4], // 14 × 0.10
      ['secret', 'micro-batch', 0.4, 0.4],
      // 1,460 rows × 0.0135 ms + 5,256,000 × 0.0225 ms = 118.27971 s of a core = 0.032855475 h × 4 ACU × 0.12
      ['database-compute', 'micro-batch', 0.015770628, 0],
      ['database-storage', 'micro-batch', 0.51400754, 0], // 5.1400754 GB × 0.10
    ],
  },
  {
    regime: 'auto-pause',
    paths: 'scheduled-batch',
    lines: [
      ...BATCH_OWN_DATABASE,
      // 0.5 + 15 + 36.064072 + 0.0005 s × 2 GB × 730 = 75,284.275 GB-s × 0.0000133334; idle 15.7355 s: 22,973.83 GB-s
      ['scheduled-batch-duration', 'scheduled-batch', 1.0037954, 0.30631926],
      // Awake (15 + 36.064072 + 300) / 3,600 = 0.097517798 of 365 ACU-h × 0.12; idle (15 + 0.235 + 300) / 3,600 = 0.087565278
      ['database-compute', 'scheduled-batch', 4.2712795, 3.8353592],
    ],
  },
  {
    regime: 'always-on',
    paths: 'scheduled-batch',
    lines: [
      ...BATCH_OWN_DATABASE,
      // 36.564572 s × 2 GB × 730 = 53,384.275 GB-s × 0.0000133334; idle 0.7355 s: 1,073.83 GB-s
      ['scheduled-batch-duration', 'scheduled-batch', 0.71179389, 0.014317805],
      ['database-compute', 'scheduled-batch', 43.8, 43.8],
    ],
  },
  {
    regime: 'shared',
    paths: 'scheduled-batch',
    lines: [
      ...BATCH,
      ['scheduled-batch-duration', 'scheduled-batch', 0.71179389, 0.014317805],
      ['alarms', 'scheduled-batch', 1.1, 1.1], // 11 × 0.10
      ['secret', 'scheduled-batch', 0.4, 0.4],
      ['scheduled-batch-secret', 'scheduled-batch', 0.00365, 0.00365], // each run connects: 730 × 0.05 / 10,000
      // 1,460 rows × 0.0135 ms + 1,460 × 0.0225 ms = 0.05256 s of a core = 0.0000146 h × 4 ACU × 0.12
      ['database-compute', 'scheduled-batch', 0.000007008, 0],
      ['database-storage', 'scheduled-batch', 0.00017200597, 0.00014277175], // 0.0017200597 GB × 0.10; idle 1,533,000 bytes
    ],
  },
];

describe.each(BILLS)('a month of $paths alone, $regime', ({ regime, paths, lines }) => {
  const deployment: Deployment = { ...(paths === 'micro-batch' ? MICRO_BATCH : SCHEDULED_BATCH), ...HOUR, regime };
  const bill = [...STREAM, ...lines];
  const cost = estimateMonthlyCost(PRICES, planOf(ONE_KEY, deployment));

  it.each(bill)('%s, of %s: %d USD, %d while nothing comes', (id, owner, costUsd, idleUsd) => {
    const term = cost.terms.find((each) => each.id === id);
    expect(term?.owner).toBe(owner);
    expect((term?.costUsd ?? Number.NaN) / costUsd).toBeCloseTo(1, 6);
    expect(Math.abs((term?.idleUsd ?? Number.NaN) - idleUsd)).toBeLessThanOrEqual(idleUsd * 1e-6);
  });

  it('has no other lines', () => {
    expect(cost.terms.map(({ id }) => id).sort()).toEqual(bill.map(([id]) => id).sort());
  });

  it('is the sum of its lines: shared, fixed and variable', () => {
    const sum = (part: (line: Line) => number): number => bill.reduce((total, line) => total + part(line), 0);
    const sharedUsd = sum(([, owner, costUsd]) => (owner === 'shared' ? costUsd : 0));
    const fixedUsd = sum(([, owner, , idleUsd]) => (owner === 'shared' ? 0 : idleUsd));
    const totalUsd = sum(([, , costUsd]) => costUsd);
    const parts = splitCost(cost);
    expect(sharedUsd).toBeCloseTo(17.68176, 9); // 10.95 + 3.6792 + 0.05256 + 3
    expect(cost.totalUsd).toBeCloseTo(totalUsd, 6);
    expect(parts.sharedUsd).toBeCloseTo(sharedUsd, 6);
    expect(parts.fixedUsd).toBeCloseTo(fixedUsd, 6);
    expect(parts.variableUsd).toBeCloseTo(totalUsd - sharedUsd - fixedUsd, 6);
  });
});

describe('that month in sum', () => {
  const totals: readonly (readonly [Regime, number, number])[] = [
    // Micro-batches: 17.68176 + 0.38046675 + 0.5256 + 1.4685094 + 1.5 + 0.29336219 + 7.3 + 1.5 + 0.0039171129 + 0.61400754 + 43.8
    // Batches: 17.68176 + 0.000146 + 0.00040791929 + 2 × 0.00073 + 0.00010344 + 1.5 + 14.6 + 1.2 + 1.1911243 + 0.0000021756 + 0.10017201
    //   + 1.0037954 + 4.2712795
    ['auto-pause', 75.0676, 41.5503],
    ['always-on', 75.0676, 80.787],
    ['shared', 24.1795, 21.3995],
  ];

  it.each(totals)('%s: %d USD by micro-batches, %d by batches', (regime, micro, batch) => {
    const total = (deployment: Deployment): number =>
      estimateMonthlyCost(PRICES, planOf(ONE_KEY, { ...deployment, ...HOUR, regime })).totalUsd;
    expect(total(MICRO_BATCH)).toBeCloseTo(micro, 3);
    expect(total(SCHEDULED_BATCH)).toBeCloseTo(batch, 3);
  });
});
