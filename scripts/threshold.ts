import { EXIT, endWith } from './cli/command-end.ts';
import { changeScenario, parseThresholdOptions, sparkOf, type ThresholdOptions } from './cli/commands/threshold.ts';
import { readPriceFile } from './cli/options/price-file.ts';
import { answerFor } from './report/assemble/answer.ts';
import { readReport } from './report/definition/read-report.ts';
import type { Report } from './report/definition/report.ts';
import { predictRun } from './report/prediction/predict-run.ts';
import { renderJson, renderText } from './report/prediction/render-run.ts';
import { renderAnswer } from './report/terminal/render-answer.ts';
import { UsageError } from './text/usage-error.ts';

await endWith(async () => {
  const options = parseThresholdOptions(process.argv.slice(2));
  if (options === null) return EXIT.done;
  const report = readReport(options.report);
  refuseInexact(report, options.report);
  const text = options.against === undefined ? answer(report, options) : compare(report, options.against, options);
  process.stdout.write(`${text}\n`);
  return EXIT.done;
});

function refuseInexact({ exact }: Report, file: string): void {
  if (exact) return;
  throw new UsageError(
    `Can't answer from --report '${file}': its counts were not exact, so its figures can't be used; run the benchmark again`,
  );
}

function answer(report: Report, options: ThresholdOptions): string {
  const prices = options.prices === undefined ? null : readPriceFile(options.prices);
  const given = answerFor(report, changeScenario(report.scenario, options), prices, sparkOf(options));
  return options.json ? JSON.stringify(given, null, 2) : renderAnswer(given);
}

function compare(first: Report, against: string, { report: firstFile, json }: ThresholdOptions): string {
  const run = predictRun({ file: firstFile, report: first }, { file: against, report: readReport(against) });
  return json ? renderJson(run) : renderText(run);
}
