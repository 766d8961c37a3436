import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { Place } from '#bench/targets/target.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { confirmCost } from '#cli/confirm-cost.ts';
import { PRICES, type PriceTable } from '#model/prices/price-table.ts';
import { PLACE } from '#test/support/scripted-target.ts';
import { UsageError } from '#text/usage-error.ts';

const ON_AWS: Place = { ...PLACE, name: 'aws', region: 'us-east-1', database: 'aurora' };
const NEVER = new AbortController().signal;
const optionsOf = (...args: string[]) => parseOptions(['--target', 'aws', ...args]) as BenchmarkOptions;

/** A terminal, or a pipe, and what is shown on it; what is typed comes as soon as it was asked. */
function openTerminal(isTTY: boolean, typed = '') {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = Object.assign(new PassThrough(), { isTTY });
  let text = '';
  output.on('data', (chunk) => {
    text += chunk;
    if (String(chunk).includes('[y/N]')) input.write(typed);
  });
  return { terminal: { input, output }, text: () => stripVTControlCharacters(text) };
}

const NOBODY = new UsageError('A run on AWS costs money, and there is no terminal to ask on: start it with --yes');

describe('confirmCost', () => {
  it('says what the run costs and of what, before it asks', async () => {
    const { terminal, text } = openTerminal(true, 'y\n');
    await confirmCost(ON_AWS, optionsOf(), PRICES, terminal, NEVER);
    expect(text()).toMatch(
      /^Estimated cost of this run: \d+\.\d+ USD, \d+\.\d+ at most; the database is kept awake for \d+ minutes\.\n( {2}\d+\.\d+ {2}\w[^\n]+\n)+ {2}In 4 steps: live run, calibration, drain of 1 minute, drain of 5 minutes\.\n {2}Assumed: /,
    );
    expect(text()).toContain('Start it on AWS in us-east-1? [y/N]');
    expect(text().indexOf('Estimated')).toBeLessThan(text().indexOf('Start it'));
  });

  it.each([
    ['y\n', true],
    ['YES\n', true],
    ['\n', false],
    ['n\n', false],
    ['yep\n', false],
  ])('takes %j for %s', async (typed, starts) => {
    const { terminal } = openTerminal(true, typed);
    expect(await confirmCost(ON_AWS, optionsOf(), PRICES, terminal, NEVER)).toBe(starts);
  });

  it('does not ask with --yes, wherever it runs, and says the cost all the same', async () => {
    const { terminal, text } = openTerminal(false);
    expect(await confirmCost(ON_AWS, optionsOf('--yes'), PRICES, terminal, NEVER)).toBe(true);
    expect(text()).toContain('Estimated cost');
    expect(text()).not.toContain('[y/N]');
  });

  it('refuses to start where nobody can be asked', async () => {
    await expect(confirmCost(ON_AWS, optionsOf(), PRICES, openTerminal(false).terminal, NEVER)).rejects.toThrow(NOBODY);
  });

  it('asks nobody whose standard input is the log', async () => {
    const { terminal } = openTerminal(true, 'y\n');
    await expect(confirmCost(ON_AWS, optionsOf('--input', '-'), PRICES, terminal, NEVER)).rejects.toThrow(NOBODY);
  });

  it('does not start on the signal', async () => {
    const stop = new AbortController();
    const { terminal } = openTerminal(true);
    const confirmed = confirmCost(ON_AWS, optionsOf(), PRICES, terminal, stop.signal);
    setTimeout(() => stop.abort(), 20);
    expect(await confirmed).toBe(false);
  });

  it('hands an interrupt at the prompt on to the process', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    onTestFinished(() => kill.mockRestore());
    const stop = new AbortController();
    const { terminal } = openTerminal(true, '\u0003');
    kill.mockImplementation(() => {
      stop.abort();
      return true;
    });
    expect(await confirmCost(ON_AWS, optionsOf(), PRICES, terminal, stop.signal)).toBe(false);
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGINT');
  });

  it('says where the prices are those of another region, and where the database is not ours', async () => {
    const { terminal, text } = openTerminal(false);
    const elsewhere: Place = { ...ON_AWS, region: 'eu-west-1', database: 'external' };
    await confirmCost(elsewhere, optionsOf('--yes'), PRICES, terminal, NEVER);
    expect(text()).toContain('At the prices of us-east-1: those of eu-west-1 may differ.');
    expect(text()).not.toContain('the database is kept awake');
  });

  it('takes the prices that it was given, and says where they are of several regions', async () => {
    const dear = Object.fromEntries(
      Object.entries(PRICES).map(([id, price]) => [
        id,
        { ...price, usd: price.usd * 1_000, region: id === 'lambda-request' ? 'eu-west-1' : 'us-east-1' },
      ]),
    ) as PriceTable;
    const totalOf = async (prices: PriceTable): Promise<number> => {
      const { terminal, text } = openTerminal(false);
      await confirmCost(ON_AWS, optionsOf('--yes'), prices, terminal, NEVER);
      expect(text().includes('At the prices of several regions: those of us-east-1 may differ.')).toBe(prices === dear);
      return Number(/Estimated cost of this run: (\d+\.\d+) USD/.exec(text())?.[1]);
    };
    expect((await totalOf(dear)) / (await totalOf(PRICES))).toBeCloseTo(1_000, -2);
  });

  it('takes the size of the log that is replayed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tidemark-cost-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const log = join(folder, 'access.log');
    await writeFile(log, 'x'.repeat(2_000_000));
    const { terminal, text } = openTerminal(false);
    await confirmCost(ON_AWS, optionsOf('--yes', '--input', log), PRICES, terminal, NEVER);
    expect(text()).toContain('Assumed: 2 MB in lines of');
  });
});
