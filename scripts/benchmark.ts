import { statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT, endWith } from './command-end.ts';
import { runExperiment } from './experiments/live.ts';
import { onInterrupt } from './interrupt.ts';
import { readInput } from './load/log-input.ts';
import { createDisplay } from './observe/display.ts';
import type { BenchmarkOptions } from './options/benchmark-options.ts';
import { parseOptions } from './options/parse-options.ts';
import { buildReport } from './report/build-report.ts';
import { renderReport } from './report/render-report.ts';
import type { Report } from './report/report.ts';
import { confirmCost } from './run/confirm-cost.ts';
import { openTarget } from './targets/open-target.ts';
import { UsageError } from './usage-error.ts';

await endWith(async () => {
  const options = parseOptions(process.argv.slice(2));
  return options === null ? EXIT.done : benchmark(options);
});

async function benchmark(options: BenchmarkOptions): Promise<number> {
  const databaseUrl = process.env.DATABASE_URL || undefined;
  if (options.target === 'embedded' && options.keep && databaseUrl === undefined) {
    throw new UsageError(
      '--keep needs DATABASE_URL, since the embedded database goes with the run: set it, or leave out --keep',
    );
  }
  if (options.input !== undefined) await checkInput(options.input);
  const interrupted = onInterrupt(lastWordsOf(options));
  const display = createDisplay(process.stderr);
  const target = await openTarget({ ...options, databaseUrl, onStep: display.step });
  let report: Report | null = null;
  try {
    if (target.place.name === 'aws') {
      display.done();
      const { stdin: input, stderr: output } = process;
      if (!(await confirmCost(target.place, options, { input, output }, interrupted))) return tellNotStarted();
    }
    const observed = interrupted.aborted ? null : await runExperiment(target, options, display, interrupted);
    if (observed !== null) report = buildReport(observed, options, target.place);
  } finally {
    display.step('stopping');
    await target.close();
    display.done();
  }
  if (report === null) {
    process.stderr.write('Interrupted: nothing was reported, and nothing is left running.\n');
    return EXIT.interrupted;
  }
  const file = await writeReport(report, options);
  process.stdout.write(`\n${renderReport(report)}\n\n${renderPlaces(report, file)}\n`);
  return report.correctness.exact ? EXIT.done : EXIT.failed;
}

/** What is embedded ends with this process; elsewhere a run that was being removed may be left. */
function lastWordsOf({ target }: BenchmarkOptions): string {
  return target === 'embedded' ? '' : `\nCut short: see what is left with npm run remove-runs -- --target ${target}\n`;
}

function tellNotStarted(): number {
  process.stderr.write('Not started: nothing was made.\n');
  return EXIT.interrupted;
}

/**
 * Reads a file's first bytes, so that a wrong path is said before anything is started for it. Only a file's: what is read
 * from a pipe is gone.
 *
 * @throws UsageError where it can't be read
 */
async function checkInput(path: string): Promise<void> {
  if (path === '-' || statSync(path, { throwIfNoEntry: false })?.isFIFO()) return;
  for await (const _ of readInput(path)) return;
}

async function writeReport(report: Report, { out }: BenchmarkOptions): Promise<string> {
  const name = `${report.run.startedAt.replaceAll(/[:.]/g, '-')}-${report.run.id}`;
  const folder = out ?? join(fileURLToPath(new URL('../out', import.meta.url)), name);
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'report.json');
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
}

function renderPlaces({ schemas }: Report, file: string): string {
  const kept =
    schemas.microBatch === null ? '' : `Tables kept in schemas ${schemas.microBatch} and ${schemas.scheduledBatch}\n`;
  return `${kept}Report: ${relative(process.cwd(), file)}`;
}
