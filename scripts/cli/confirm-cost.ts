import { statSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { Place } from '#bench/targets/target.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import { regionOf } from '#model/prices/parse-price-table.ts';
import type { PriceTable } from '#model/prices/price-table.ts';
import { planRun } from '#report/cost/plan-run.ts';
import { estimateRunCost, renderRunCost } from '#report/cost/run-cost.ts';
import { UsageError } from '#text/usage-error.ts';

/** The terminal on which the user is asked: standard input and error of a command. */
export type Terminal = {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream & { isTTY?: boolean };
};

/**
 * Prints what a run on AWS will cost, before anything is made, and asks whether to start it.
 *
 * @returns whether it may start; false if the signal comes first
 * @throws UsageError where nobody can be asked and --yes was not given
 */
export async function confirmCost(
  place: Place,
  options: BenchmarkOptions,
  prices: PriceTable,
  { input, output }: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  output.write(`${renderEstimate(place, options, prices)}\n`);
  if (options.yes) return true;
  if (!input.isTTY || !output.isTTY || options.input === '-') {
    throw new UsageError('A run on AWS costs money, and there is no terminal to ask on: start it with --yes');
  }
  const prompt = createInterface({ input, output, terminal: true });
  prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT')); // the terminal gives Ctrl-C to the prompt alone
  try {
    const answer = await prompt.question(`Start it on AWS in ${place.region}? [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    prompt.close();
  }
}

function renderEstimate({ region, database }: Place, options: BenchmarkOptions, prices: PriceTable): string {
  const inputBytes = sizeOf(options.input);
  const plan = planRun(options, {
    database: database === 'aurora' ? 'aurora' : 'external',
    ...(inputBytes !== undefined && { inputBytes }),
  });
  const estimate = renderRunCost(estimateRunCost({ ...STANDARD_MODEL, prices }, plan));
  const priced = regionOf(prices);
  if (priced === region) return estimate;
  return `${estimate}\n  At the prices of ${priced ?? 'several regions'}: those of ${region} may differ.`;
}

/** Size of the log; undefined where only reading it would tell. */
function sizeOf(input: string | undefined): number | undefined {
  if (input === undefined || input === '-' || input.endsWith('.gz')) return undefined;
  const file = statSync(input, { throwIfNoEntry: false });
  return file?.isFile() ? file.size : undefined;
}
