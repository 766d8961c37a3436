import { EXIT, endWith } from './command/command-end.ts';
import { checkLimits, passes } from './compare/check-limits.ts';
import { type CompareOptions, parseCompareOptions } from './compare/compare-options.ts';
import { compareReports } from './compare/compare-reports.ts';
import { renderJson } from './compare/render-json.ts';
import { renderMarkdown } from './compare/render-markdown.ts';
import { renderText } from './compare/render-text.ts';
import { readReport } from './report/read-report.ts';

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
