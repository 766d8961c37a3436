import { EXIT, endWith } from './cli/command-end.ts';
import { type CompareOptions, parseCompareOptions } from './cli/commands/compare.ts';
import { checkLimits, passes } from './report/compare/check-limits.ts';
import { compareReports } from './report/compare/compare-reports.ts';
import { renderJson } from './report/compare/render-json.ts';
import { renderMarkdown } from './report/compare/render-markdown.ts';
import { renderText } from './report/compare/render-text.ts';
import { readReport } from './report/definition/read-report.ts';

const RENDER = { table: renderText, markdown: renderMarkdown, json: renderJson };

await endWith(async () => {
  const options = parseCompareOptions(process.argv.slice(2));
  return options === null ? EXIT.done : compare(options);
});

function compare({ base, others, format, limits }: CompareOptions): number {
  const first = { file: base, report: readReport(base) };
  const judged = others.map((file) => checkLimits(limits, compareReports(first, { file, report: readReport(file) })));
  process.stdout.write(`${RENDER[format](judged)}\n`);
  return judged.every(passes) ? EXIT.done : EXIT.failed;
}
