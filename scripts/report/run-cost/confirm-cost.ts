import { statSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { BenchmarkOptions } from '#bench/benchmark-options.ts';
import type { Place } from '#bench/targets/target.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import { regionOf } from '#model/prices/parse-price-table.ts';
import type { PriceTable } from '#model/prices/price-table.ts';
import { UsageError } from '#text/usage-error.ts';
import { planRun } from './plan-run.ts';
import { renderRunCost } from './render-run-cost.ts';
import { estimateRunCost } from './run-cost.ts';

/** Where the user is asked; standard input and error of a command. */
export type Terminal = {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream & { isTTY?: boolean };
};

/**
 * Says what a run on AWS will cost, before anything is made, and asks whether to start it.
 *
 * @returns whether it may start; false on the signal too
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
    throw new UsageError('A run on AWS costs money, and nobody can be asked here: start it with --yes');
  }
  const prompt = createInterface({ input, output, terminal: true });
  prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT')); // the terminal hands it to the prompt alone
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

/** Of the events; undefined where that can't be told without reading them. */
function sizeOf(input: string | undefined): number | undefined {
  if (input === undefined || input === '-' || input.endsWith('.gz')) return undefined;
  const file = statSync(input, { throwIfNoEntry: false });
  return file?.isFile() ? file.size : undefined;
}
