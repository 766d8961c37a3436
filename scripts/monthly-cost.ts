import { readFileSync } from 'node:fs';
import { EXIT, endWith } from './command-end.ts';
import { type CostOptions, createCostCommand, readDeployment, readWorkload } from './cost/cost-command.ts';
import { buildCostReport } from './cost/cost-report.ts';
import { renderCostReport } from './cost/render-cost-report.ts';
import { parseCommand } from './options/parse-command.ts';
import { parsePriceTable, writePriceTable } from './prices/parse-price-table.ts';
import { PRICES, type PriceTable } from './prices/price-table.ts';
import { UsageError } from './usage-error.ts';

await endWith(async () => {
  const options = parseCommand<CostOptions>(createCostCommand(), process.argv.slice(2));
  if (options === null) return EXIT.done;
  const prices = readPrices(options.prices);
  if (options.printPrices) return print(writePriceTable(prices));
  const workload = readWorkload(options);
  const report = buildCostReport(workload, readDeployment(options, workload), prices);
  return print(options.json ? JSON.stringify(report, null, 2) : renderCostReport(report));
});

function readPrices(file: string | undefined): PriceTable {
  if (file === undefined) return PRICES;
  try {
    return parsePriceTable(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`Can't read --prices '${file}': ${(error as Error).message}`, { cause: error });
  }
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return EXIT.done;
}
