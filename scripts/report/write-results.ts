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

/** The files of a benchmark. */
export type Results = {
  report: string;
  /** Null where it could not be made; the report stands. */
  page: string | null;
  pageFailure: Error | null;
};

/**
 * Makes the folder that --out names, and writes into it: that it can't be is better known before the benchmark than after it.
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
 * Writes measured.json, for a measurement of which no report could be made: ledgers, tables' differences, platform reports and
 * timings as they were read, without what exists in memory only (each record's receipt, the oracle's counts by row).
 *
 * @param out undefined: a folder of its own
 * @returns the file
 */
export async function writeMeasured(measured: Measured, out: string | undefined): Promise<string> {
  const [first] = measured.live;
  const startedAt = new Date(first?.startedMs ?? Date.now()).toISOString();
  const file = join(await makeFolderFor(out, { startedAt, id: first?.run.id ?? 'no-run' }), 'measured.json');
  await writeFile(file, `${JSON.stringify(measured, asJson, 2)}\n`);
  return file;
}

/** What JSON has no form for: sequence numbers as text, maps as pairs. */
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
 * @param out undefined: a folder of its own
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
    // A terminal's Ctrl-C ends every process, the bundler that was started for the functions too: the page needs a new one.
    await stop();
    await makePage(report, page);
    return { report: file, page, pageFailure: null };
  } catch (error) {
    const why = new Error(`The page was not written: ${(error as Error).message}`, { cause: error });
    return { report: file, page: null, pageFailure: why };
  }
}
