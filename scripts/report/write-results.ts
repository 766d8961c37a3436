import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stop } from 'esbuild';
import type { Measured } from '#bench/experiments/observations.ts';
import { makeFolder } from '#bench/targets/make-folder.ts';
import { UsageError } from '#text/usage-error.ts';
import type { Report } from './definition/report.ts';
import { writePage } from './page/write-page.ts';

const OUT = fileURLToPath(new URL('../../out', import.meta.url));

/** Files that a benchmark wrote. */
export type Results = {
  report: string;
  /** Null where the page could not be made; the report is kept. */
  page: string | null;
  pageFailure: Error | null;
};

/**
 * Makes the folder that --out names and tries to write into it, so that a wrong folder fails before the benchmark.
 *
 * @throws UsageError in one line
 */
export async function prepareFolder(out: string | undefined): Promise<void> {
  if (out === undefined) return;
  try {
    await makeFolder(out);
  } catch (error) {
    throw refuse("Can't make", out, error);
  }
  try {
    await rm(await mkdtemp(join(out, '.writable-')), { recursive: true });
  } catch (error) {
    throw refuse("Can't write into", out, error);
  }
}

function refuse(what: string, out: string, error: unknown): UsageError {
  const why = (error as Error).message;
  return new UsageError(`${what} the folder --out '${out}': ${why}; name one that can be made and written into`, {
    cause: error,
  });
}

/**
 * Writes measured.json, so that a measurement whose report could not be made is not lost: ledgers, differences of tables, platform
 * reports and timings. Each record's receipt and the oracle's counts by row exist in memory only and are left out.
 *
 * @param out folder; undefined makes one in out/, named after the run
 * @returns path of the file
 */
export async function writeMeasured(measured: Measured, out: string | undefined): Promise<string> {
  const [first] = measured.live;
  const startedAt = new Date(first?.startedMs ?? Date.now()).toISOString();
  const file = join(await makeFolderFor(out, { startedAt, id: first?.run.id ?? 'no-run' }), 'measured.json');
  await writeFile(file, `${JSON.stringify(measured, asJson, 2)}\n`);
  return file;
}

/** JSON has neither bigint nor maps: sequence numbers become text, maps become lists of pairs. */
function asJson(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Map ? [...value] : value;
}

async function makeFolderFor(
  out: string | undefined,
  { startedAt, id }: Pick<Report['run'], 'startedAt' | 'id'>,
): Promise<string> {
  const folder = out ?? join(OUT, `${startedAt.replaceAll(/[:.]/g, '-')}-${id}`);
  await makeFolder(folder);
  return folder;
}

/**
 * Writes report.json, and then the page that shows it.
 *
 * @param out folder; undefined makes one in out/, named after the run
 */
export async function writeResults(
  report: Report,
  out: string | undefined,
  makePage: typeof writePage = writePage,
): Promise<Results> {
  const folder = await makeFolderFor(out, report.run);
  const file = join(folder, 'report.json');
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  const page = join(folder, 'report.html');
  try {
    // Ctrl-C in a terminal also ends the bundler process that bundled the functions, so the page starts a new one.
    await stop();
    await makePage(report, page);
    return { report: file, page, pageFailure: null };
  } catch (error) {
    const why = new Error(`The page was not written: ${(error as Error).message}`, { cause: error });
    return { report: file, page: null, pageFailure: why };
  }
}
