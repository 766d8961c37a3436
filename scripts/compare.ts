import { EXIT, endWith } from './cli/command-end.ts';
import { type CompareOptions, parseCompareOptions } from './cli/commands/compare.ts';
import { compareReports } from './report/compare/compare-reports.ts';
import { checkLimits, passes } from './report/compare/limits.ts';
import { FORMATS } from './report/compare/render.ts';
import { readReport } from './report/definition/read-report.ts';

await endWith(async () => {
  const options = parseCompareOptions(process.argv.slice(2));
  return options === null ? EXIT.done : compare(options);
});

function compare({ base, others, format, limits }: CompareOptions): number {
  const first = { file: base, report: readReport(base) };
  const judged = others.map((file) => checkLimits(limits, compareReports(first, { file, report: readReport(file) })));
  process.stdout.write(`${FORMATS[format](judged)}\n`);
  return judged.every(passes) ? EXIT.done : EXIT.failed;
}
