import { describe, expect, it } from 'vitest';
import type { Deployment } from '#model/deployment.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import { PRICES } from '#model/prices/price-table.ts';
import type { Workload } from '#model/workload/workload.ts';
import { buildCostReport } from '#report/cost/cost-report.ts';
import { renderCostReport } from '#report/cost/render-cost-report.ts';
import { BOTH, MICRO_BATCH, ONE_KEY, SCHEDULED_BATCH } from '#test/unit/scripts/model/timing/one-key.ts';

function linesOf(workload: Workload, deployment: Deployment, prices = PRICES): string[] {
  return renderCostReport(buildCostReport({ ...STANDARD_MODEL, prices }, workload, deployment)).split('\n');
}

const lines = linesOf(ONE_KEY, BOTH);

describe('renderCostReport', () => {
  it('says first what was priced', () => {
    expect(lines.slice(0, 4)).toEqual([
      'Monthly cost of a deployed stack (730 hours, us-east-1): paths=both, windows of 5m, 1 shard',
      '100 events/s of 200 bytes, 1.0 in a record: 100 records/s, 20 KB/s, over 1 hosts × 1 referrers.',
      'Database (auto-pause): awake 100 % of the time at 0.5 ACU; counts and ledger of 1 month are kept.',
      'A scheduled batch takes 3.09 s.',
    ]);
  });

  it('has a line a term: quantity, unit, price, grade, idle and under load, and the total', () => {
    const bill = lines.map((line) => line.split(/ {2,}/));
    expect(bill).toContainEqual(['Database: compute', '365', 'ACU-hour', '0.12', 'A', '43.80', '43.80']);
    expect(bill).toContainEqual([
      'Stream: PUT units',
      '263',
      'million PUT unit of 25 KB',
      '0.014',
      'P',
      '0.00',
      '3.68',
    ]);
    expect(bill).toContainEqual(['Stream: key requests', '2.63', '10,000 request', '0.03', 'P', '0.00', '0.08']);
    expect(bill.find(([label]) => label === 'Total')?.slice(1)).toEqual(['77.88', '86.17']);
  });

  it('explains the grades that it shows, doubtful ones too', () => {
    expect(lines).toContain('T: third party or undated: check it before you rely on it');
    const micro = linesOf(ONE_KEY, MICRO_BATCH).join('\n');
    expect(micro).not.toContain('T: third party');
  });

  it('has every choice of paths for 5 minutes, an hour and the window that was asked for', () => {
    const choices = linesOf(ONE_KEY, { ...BOTH, windowSeconds: 900 }).filter((line) =>
      /^(both|micro-batch|scheduled-batch) /.test(line),
    );
    expect(choices.map((line) => line.split(/ {2,}/).slice(0, 2).join(' '))).toEqual([
      'both 5m',
      'both 15m',
      'both 1h',
      'micro-batch 5m',
      'micro-batch 15m',
      'micro-batch 1h',
      'scheduled-batch 5m',
      'scheduled-batch 15m',
      'scheduled-batch 1h',
    ]);
  });

  it('says that the shards are too few', () => {
    const many = { ...ONE_KEY, eventsPerSecond: 5_000 };
    expect(linesOf(many, BOTH)).toContain('Too few shards: this load takes 10, each at 50 % of what it takes in.');
    expect(lines.join('\n')).not.toContain('Too few shards');
  });

  it('says how many invocations a long batch takes', () => {
    // 864 s of reading: two of 15 minutes
    const daily = { ...SCHEDULED_BATCH, windowSeconds: 86_400 };
    expect(linesOf(ONE_KEY, daily)).toContain('A scheduled batch takes 865 s, in 2 invocations.');
  });

  it('says that a batch cannot keep up', () => {
    // 50 MB/s on one shard, which is read at 2 MB/s
    const flood = { ...ONE_KEY, eventBytes: 500_000 };
    expect(linesOf(flood, SCHEDULED_BATCH).join('\n')).toMatch(/A scheduled batch takes .* it can't keep up/);
  });

  it('says that a database is shared, and that nothing comes', () => {
    const shared = linesOf({ ...ONE_KEY, eventsPerSecond: 0 }, { ...BOTH, regime: 'shared' });
    expect(shared[1]).toBe('No events.');
    expect(shared[2]).toContain('shared, charged for the load alone');
  });

  it('does not name one region where the prices are of several', () => {
    const prices = { ...PRICES, 'endpoint-gb': { ...PRICES['endpoint-gb'], region: 'eu-west-1' } };
    expect(linesOf(ONE_KEY, BOTH, prices)[0]).toContain('(730 hours, several regions)');
  });

  it('has no figure that is none', () => {
    for (const eventsPerSecond of [0, 0.001, 1_000_000]) {
      for (const deployment of [BOTH, MICRO_BATCH, SCHEDULED_BATCH]) {
        expect(linesOf({ ...ONE_KEY, eventsPerSecond }, deployment).join('\n')).not.toMatch(/NaN|Infinity|undefined/);
      }
    }
  });
});
