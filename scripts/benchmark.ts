import { relative } from 'node:path';
import type { BenchmarkOptions } from './bench/benchmark-options.ts';
import { runSweep, type Sweep } from './bench/experiments/sweep.ts';
import { checkStart } from './bench/run/check-start.ts';
import { createDisplay, type Display } from './bench/run/display.ts';
import { openTarget } from './bench/targets/open-target.ts';
import type { Place, Target } from './bench/targets/target.ts';
import { EXIT, endWith, exitCodeOf, onInterrupt, tellFailure } from './cli/command-end.ts';
import { parseOptions } from './cli/commands/benchmark.ts';
import { confirmCost } from './cli/confirm-cost.ts';
import { readPriceFile } from './cli/options/price-file.ts';
import type { PriceTable } from './model/prices/price-table.ts';
import { buildReport } from './report/assemble/build-report.ts';
import type { Report } from './report/definition/report.ts';
import { renderReport } from './report/terminal/render-report.ts';
import { prepareFolder, type Results, writeMeasured, writeResults } from './report/write-results.ts';

await endWith(async () => {
  const options = parseOptions(process.argv.slice(2));
  return options === null ? EXIT.done : benchmark(options);
});

async function benchmark(options: BenchmarkOptions): Promise<number> {
  const databaseUrl = process.env.DATABASE_URL || undefined;
  await checkStart(options, databaseUrl);
  const prices = readPriceFile(options.prices);
  await prepareFolder(options.out);

  const { started, sweep, place, notStopped } = await measure(options, databaseUrl, prices);
  if (!started) return tell('Not started: nothing was made.', EXIT.interrupted);
  if (sweep === null) {
    if (notStopped !== null) throw notStopped;
    return tell('Interrupted: nothing was reported, and nothing is left running.', EXIT.interrupted);
  }
  const report = await tellReport(sweep, options, place, prices);
  const results = await writeResults(report, options.out);
  process.stdout.write(`${renderPlaces(report, results)}\n`);
  return tellEnd(report, sweep, [results.pageFailure, notStopped]);
}

/**
 * Makes the report and shows it before it is written, so that it can be read even if writing fails. If the report can't be made,
 * the measurements are kept, because they may have taken hours.
 */
async function tellReport(
  { measured }: Sweep,
  options: BenchmarkOptions,
  place: Place,
  prices: PriceTable,
): Promise<Report> {
  try {
    const report = buildReport(measured, options, place, prices);
    process.stdout.write(`\n${renderReport(report)}\n\n`);
    return report;
  } catch (error) {
    const file = await writeMeasured(measured, options.out);
    process.stderr.write(`No report could be made; what was measured: ${relative(process.cwd(), file)}\n`);
    throw error;
  }
}

type Measurement = {
  /** False: the user did not confirm the cost. */
  started: boolean;
  /** Null: it was interrupted before anything could be reported. */
  sweep: Sweep | null;
  place: Place;
  notStopped: Error | null;
};

/** Opens the target, measures on it, and closes it. */
async function measure(
  options: BenchmarkOptions,
  databaseUrl: string | undefined,
  prices: PriceTable,
): Promise<Measurement> {
  const interrupted = onInterrupt(lastWordsOf(options));
  const display = createDisplay(process.stderr);
  const target = await openTarget({ ...options, databaseUrl, onStep: display.step });
  const { place } = target;
  let started = true;
  let sweep: Sweep | null = null;
  try {
    if (place.name === 'aws') {
      display.done();
      const { stdin: input, stderr: output } = process;
      started = await confirmCost(place, options, prices, { input, output }, interrupted);
    }
    if (started && !interrupted.aborted) sweep = await runSweep(target, options, display, interrupted);
  } catch (error) {
    await stop(target, display).catch(() => undefined); // the first failure is the one to report
    throw error;
  }
  const notStopped = await stop(target, display).then(
    () => null,
    (error: Error) => error,
  );
  return { started, sweep, place, notStopped };
}

async function stop(target: Target, display: Display): Promise<void> {
  display.step('stopping');
  await target.close().finally(display.done);
}

/** The embedded target ends with this process. On other targets, a run may be left if its removal was interrupted. */
function lastWordsOf({ target }: BenchmarkOptions): string {
  return target === 'embedded' ? '' : `\nCut short: see what is left with npm run remove-runs -- --target ${target}\n`;
}

function renderPlaces({ schemas }: Report, { report, page }: Results): string {
  const { microBatch, scheduledBatch } = schemas;
  return [
    ...(microBatch === null ? [] : [`Tables kept in schemas ${microBatch} and ${scheduledBatch}`]),
    ...(page === null ? [] : [`To look at and to play with: ${relative(process.cwd(), page)}`]),
    `Report: ${relative(process.cwd(), report)}`,
  ].join('\n');
}

/** Prints every failure, and returns the exit code. */
function tellEnd({ exact }: Report, { measured, failure }: Sweep, others: (Error | null)[]): number {
  if (failure !== null) tellFailure(failure, 'Failed; the report has what was measured before: ');
  const failures = others.filter((one) => one !== null);
  for (const one of failures) tellFailure(one);
  const code = exitCodeOf({ exact, complete: !measured.interrupted, failed: failure !== null || failures.length > 0 });
  if (code !== EXIT.interrupted) return code;
  return tell('Interrupted: the report has what was measured before; nothing is left running.', code);
}

function tell(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}
