import { describe, expect, it } from 'vitest';
import { STANDARD_MODEL } from '#model/model.ts';
import { PRICES } from '#model/prices/price-table.ts';
import { estimateRunCost, type RunPhase, type RunPlan, renderRunCost } from '#report/cost/run-cost.ts';
import { BOTH, ONE_KEY } from '#test/unit/scripts/model/timing/one-key.ts';

/** A minute of load within ten, windows of 30 s, two shards. */
const PHASE: RunPhase = {
  name: 'live run',
  workload: ONE_KEY,
  loadSeconds: 60,
  seconds: 600,
  deployment: { ...BOTH, shards: 2, windowSeconds: 30, boundSeconds: 2, tickSeconds: 0 },
  batches: 2,
};

const PLAN: RunPlan = {
  phases: [PHASE],
  database: 'aurora',
  assumptions: ['a mild winter'],
};

const cost = estimateRunCost(STANDARD_MODEL, PLAN);

function usdOf(id: string): number | undefined {
  return cost.terms.find((term) => term.id === id)?.costUsd;
}

describe('estimateRunCost', () => {
  it.each<[id: string, usd: number]>([
    ['stream-shards', 0.03], // 2 shards × 1 h begun × 0.015
    ['stream-puts', 0.000084], // 100/s × 60 s = 6,000 × 0.014 / 10⁶
    ['stream-keys', 0.000108], // 12/h × 1 h × 3 who ask × 0.03 / 10,000
    ['database-compute', 0.01625], // 15 + 600 + 60 + 300 s = 975 s = 0.2708333 h × 0.5 ACU × 0.12
    // Two shards, one batch a second each, 50 events in 10,000 bytes: CPU 0.13 + 0.125 + 0.235 + 0.017 = 0.507 ms × 1.727539 = 0.875862;
    // 2 rows, and 2 in one of 30: a thirtieth fresh, 4 + 0.0135 / 30 + 0.0225 × 2.033333 = 4.0462 ms; + 0.5: 5.422062 ms × 120
    ['micro-batch-duration', 0.00000867534], // 0.6506475 GB-s × 0.0000133334
    ['micro-batch-requests', 0.000024], // 120 × 0.20 / 10⁶
    // Two runs. 3,000 records in 600 KB: 0.3 MB a shard at 1.99 MB/s = 0.151 s, one call = 0.25 s; CPU 51 + 120 + 27.6 + 8.4 =
    // 207 ms × 1.727539 = 357.600586 ms; + 64.072; + 500 of INIT + 0.5: 922.1726 ms
    ['scheduled-batch-duration', 0.0000245914], // 1.844345 GB-s × 0.0000133334
    ['scheduled-batch-requests', 0.0000004], // 2: the benchmark calls them itself
    ['results-duration', 0.000400002], // 600 × 0.1 s × 0.5 GB × 0.0000133334
    ['results-requests', 0.00012], // 600 × 0.20 / 10⁶
  ])('prices %s', (id, usd) => {
    expect((usdOf(id) ?? Number.NaN) / usd).toBeCloseTo(1, 4);
  });

  it('has neither schedule nor success events, since the benchmark calls the batch', () => {
    expect(usdOf('scheduled-batch-ticks')).toBeUndefined();
    expect(usdOf('scheduled-batch-events')).toBeUndefined();
  });

  it('adds its parts up, and says what it costs at most', () => {
    expect(cost.totalUsd).toBeCloseTo(
      cost.terms.reduce((sum, { costUsd }) => sum + costUsd, 0),
      12,
    );
    expect(cost.mostUsd - cost.totalUsd).toBeCloseTo((7.5 * 975 * 0.12) / 3_600, 9); // 8 ACU instead of half of one
    expect(cost.databaseAwakeSeconds).toBe(975);
  });

  it('adds its phases up: a stream and its begun hour each, one database awake through all of them', () => {
    const alone: RunPhase = { ...PHASE, name: 'batching window of 1 minute', seconds: 4_000, batches: 0 };
    const sweep = estimateRunCost(STANDARD_MODEL, { ...PLAN, phases: [PHASE, PHASE, alone] });
    const quantity = (id: string) => sweep.terms.find((term) => term.id === id)?.quantity;
    expect(sweep.phases).toEqual(['live run', 'live run', 'batching window of 1 minute']);
    expect(sweep.seconds).toBe(5_200);
    expect(quantity('stream-shards')).toBe(2 + 2 + 4);
    expect(quantity('stream-puts')).toBe(18_000);
    expect(quantity('micro-batch-requests')).toBeCloseTo(360, 9);
    expect(quantity('scheduled-batch-requests')).toBe(4);
    expect(sweep.databaseAwakeSeconds).toBe(15 + 5_200 + 60 + 300);
    expect(sweep.terms.map(({ id }) => id)).toEqual([...new Set(sweep.terms.map(({ id }) => id))]);
  });

  it('leaves out a database that somebody else pays for', () => {
    const external = estimateRunCost(STANDARD_MODEL, { ...PLAN, database: 'external' });
    const ids = external.terms.map(({ id }) => id);
    expect(ids.filter((id) => id.endsWith('-io') || id.startsWith('database'))).toEqual([]);
    expect(external.mostUsd).toBeCloseTo(external.totalUsd, 12);
    expect(external.databaseAwakeSeconds).toBe(0);
  });

  it('is finite for a load of nothing', () => {
    const idle = { ...PHASE, workload: { ...ONE_KEY, eventsPerSecond: 0 } };
    const { totalUsd } = estimateRunCost(STANDARD_MODEL, { ...PLAN, phases: [idle] });
    expect(totalUsd).toBeGreaterThan(0);
    expect(totalUsd).toBeLessThan(1);
  });
});

describe('renderRunCost', () => {
  it('says the sum first, then the greatest parts and what was assumed', () => {
    const lines = renderRunCost(cost).split('\n');
    expect(lines[0]).toMatch(
      /^Estimated cost of this run: 0\.04\d\d USD, 0\.29 at most; the database is kept awake for 17 minutes\.$/,
    );
    expect(lines[1]).toBe('  0.0300  Stream: shards');
    expect(lines[2]).toMatch(/^ {2}0\.016\d {2}Database: awake, with the pause delay after it$/);
    expect(lines.at(-1)).toBe('  Assumed: a mild winter.');
  });

  it('names the steps of a run that has several, equal ones once', () => {
    const steps = { ...PLAN, phases: [PHASE, PHASE, { ...PHASE, name: 'calibration' }] };
    expect(renderRunCost(estimateRunCost(STANDARD_MODEL, steps))).toContain('  In 3 steps: 2 × live run, calibration.');
    expect(renderRunCost(cost)).not.toContain('steps');
  });

  it('names prices that come from third parties', () => {
    const prices = { ...PRICES, 'kinesis-shard-hour': { ...PRICES['kinesis-shard-hour'], grade: 'T' as const } };
    expect(renderRunCost(estimateRunCost({ ...STANDARD_MODEL, prices }, PLAN))).toContain(
      '  Prices from third parties: Stream: shards.',
    );
    expect(renderRunCost(cost)).not.toContain('third parties');
  });
});
