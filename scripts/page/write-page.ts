import { writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { Report } from '../report/report.ts';
import { bundleAssets } from './bundle-assets.ts';
import { renderPage } from './render-page.ts';

/**
 * Writes the report as one page that opens offline.
 *
 * @param file the page's; report.json is taken to stand beside it
 */
export async function writePage(report: Report, file: string): Promise<void> {
  const reportFile = namedFromHere(join(dirname(file), 'report.json'));
  await writeFile(file, renderPage(report, reportFile, await bundleAssets()));
}

/** As a command line in this folder would name it. */
function namedFromHere(path: string): string {
  const name = relative(process.cwd(), path);
  return name.startsWith('..') || isAbsolute(name) ? path : name;
}
