import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRICES } from '#model/prices/price-table.ts';
import type { CostReport } from '#report/cost/cost-report.ts';
import { runScript } from '#test/support/command-run.ts';

const run = (...args: string[]) => runScript('monthly-cost', args);

describe('npm run monthly-cost', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-cost-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('prints every term and assumption as JSON, at the prices of a file', async () => {
    const file = join(folder, 'prices.json');
    const dearer = { ...PRICES, 'dashboard-month': { ...PRICES['dashboard-month'], usd: 4 } };
    await writeFile(file, JSON.stringify({ prices: dearer }));

    const { code, stdout } = await run('--json', '--paths', 'micro-batch', '--rate', '0', '--prices', file);

    expect(code).toBe(0);
    const { cost, assumptions } = JSON.parse(stdout) as CostReport;
    expect(cost.totalUsd).toBeCloseTo(25.35, 9); // 24.35, and 1 more for the dashboard
    expect(cost.terms.find(({ id }) => id === 'dashboard')).toMatchObject({ costUsd: 4, unit: 'dashboard-month' });
    expect(assumptions.resumeSeconds).toMatchObject({ value: 15, unit: 's', origin: 'documented' });
  });

  it('prints the prices as it would read them', async () => {
    const { code, stdout } = await run('--print-prices');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ prices: PRICES });
  });

  it.each([
    [['--prices', 'nowhere.json'], /^Can't read --prices 'nowhere\.json': .*\n$/],
    [['--rate', 'much'], /^Invalid --rate 'much': .*; see --help\n$/],
    [['--stream'], /^Unknown option '--stream'; see --help\n$/],
  ])('ends with one line and code 2 on %j', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
