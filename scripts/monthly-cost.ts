import { EXIT, endWith } from './cli/command-end.ts';
import { parseCostOptions, readDeployment, readWorkload } from './cli/commands/monthly-cost.ts';
import { readPriceFile } from './cli/options/price-file.ts';
import { STANDARD_MODEL } from './model/model.ts';
import { writePriceTable } from './model/prices/parse-price-table.ts';
import { buildCostReport } from './report/cost/cost-report.ts';
import { renderCostReport } from './report/cost/render-cost-report.ts';

await endWith(async () => {
  const options = parseCostOptions(process.argv.slice(2));
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
