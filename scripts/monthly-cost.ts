import { EXIT, endWith } from './command/command-end.ts';
import { STANDARD_MODEL } from './model/model.ts';
import { writePriceTable } from './model/prices/parse-price-table.ts';
import { type CostOptions, createCostCommand, readDeployment, readWorkload } from './monthly-cost/cost-command.ts';
import { buildCostReport } from './monthly-cost/cost-report.ts';
import { renderCostReport } from './monthly-cost/render-cost-report.ts';
import { parseCommand } from './options/parse-command.ts';
import { readPriceFile } from './options/price-file.ts';

await endWith(async () => {
  const options = parseCommand<CostOptions>(createCostCommand(), process.argv.slice(2));
  if (options === null) return EXIT.done;
  const prices = readPriceFile(options.prices);
  if (options.printPrices) return print(writePriceTable(prices));
  const workload = readWorkload(options);
  const report = buildCostReport({ ...STANDARD_MODEL, prices }, workload, readDeployment(options, workload));
  return print(options.json ? JSON.stringify(report, null, 2) : renderCostReport(report));
});

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return EXIT.done;
}
