import { statSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { planRun } from '../cost/plan-run.ts';
import { renderRunCost } from '../cost/render-run-cost.ts';
import { estimateRunCost } from '../cost/run-cost.ts';
import type { BenchmarkOptions } from '../options/benchmark-options.ts';
import { PRICES } from '../prices/price-table.ts';
import type { Place } from '../targets/target.ts';
import { UsageError } from '../usage-error.ts';

/** Where the user is asked; standard input and error of a command. */
export type Terminal = {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream & { isTTY?: boolean };
};

const PRICED_REGION = PRICES['kinesis-shard-hour'].region;

/**
 * Says what a run on AWS will cost, before anything is made, and asks whether to start it.
 *
 * @returns whether it may start; false on the signal too
 * @throws UsageError where nobody can be asked and --yes was not given
 */
export async function confirmCost(
  place: Place,
  options: BenchmarkOptions,
  { input, output }: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  output.write(`${renderEstimate(place, options)}\n`);
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

function renderEstimate({ region, database }: Place, options: BenchmarkOptions): string {
  const inputBytes = sizeOf(options.input);
  const plan = planRun(options, { database, ...(inputBytes !== undefined && { inputBytes }) });
  const elsewhere =
    region === PRICED_REGION ? '' : `\n  At the prices of ${PRICED_REGION}: those of ${region} may differ.`;
  return `${renderRunCost(estimateRunCost(PRICES, plan))}${elsewhere}`;
}

/** Of the events; undefined where that can't be told without reading them. */
function sizeOf(input: string | undefined): number | undefined {
  if (input === undefined || input === '-' || input.endsWith('.gz')) return undefined;
  const file = statSync(input, { throwIfNoEntry: false });
  return file?.isFile() ? file.size : undefined;
}
