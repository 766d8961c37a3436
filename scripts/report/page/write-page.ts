import { writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { Report } from '../definition/report.ts';
import { bundleAssets } from './bundle-assets.ts';
import { renderPage } from './render-page.ts';

/**
 * Writes the report as one page that opens offline.
 *
 * @param file the page's
 * @param reportFile the report's, which the page names in its commands; it is taken to stand beside the page
 */
export async function writePage(
  report: Report,
  file: string,
  reportFile: string = join(dirname(file), 'report.json'),
): Promise<void> {
  await writeFile(file, renderPage(report, namedFromHere(reportFile), await bundleAssets()));
}

/** As a command line in this folder would name it. */
function namedFromHere(path: string): string {
  const name = relative(process.cwd(), path);
  return name.startsWith('..') || isAbsolute(name) ? path : name;
}
