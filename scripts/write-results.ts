import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stop } from 'esbuild';
import { writePage } from './page/write-page.ts';
import type { Report } from './report/report.ts';
import { UsageError } from './usage-error.ts';

const OUT = fileURLToPath(new URL('../out', import.meta.url));

/** The files of a benchmark. */
export type Results = {
  report: string;
  /** Null where it could not be made; the report stands. */
  page: string | null;
  pageFailure: Error | null;
};

/**
 * Makes the folder that --out names: that it can't be is better known before the benchmark than after it.
 *
 * @throws UsageError in one line
 */
export async function prepareFolder(out: string | undefined): Promise<void> {
  if (out === undefined) return;
  try {
    await mkdir(out, { recursive: true });
  } catch (error) {
    throw new UsageError(`Can't make the folder --out '${out}': ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Writes report.json, and then the page that shows it.
 *
 * @param out undefined: a folder of its own
 */
export async function writeResults(
  report: Report,
  out: string | undefined,
  makePage: typeof writePage = writePage,
): Promise<Results> {
  const name = `${report.run.startedAt.replaceAll(/[:.]/g, '-')}-${report.run.id}`;
  const folder = out ?? join(OUT, name);
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'report.json');
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  const page = join(folder, 'report.html');
  try {
    // A terminal's Ctrl-C ends every process, the bundler that was started for the functions too: the page needs a new one.
    await stop();
    await makePage(report, page);
    return { report: file, page, pageFailure: null };
  } catch (error) {
    const why = new Error(`The page was not written: ${(error as Error).message}`, { cause: error });
    return { report: file, page: null, pageFailure: why };
  }
}
