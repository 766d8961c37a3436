import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { EXIT, endWith } from './cli/command-end.ts';
import { parseCommand } from './cli/parse-command.ts';
import { readReport } from './report/definition/read-report.ts';
import { launchChromium } from './report/page/chromium.ts';
import { writePage } from './report/page/write-page.ts';
import { UsageError } from './text/usage-error.ts';

/** What fits on a page of documentation: the verdict, its windows and the sliders. */
const VIEW = { width: 1_280, height: 1_500 };

await endWith(async () => {
  const command = new Command('npm run picture --')
    .description("Takes a picture of a report's page, as docs/report.png is made. Needs an installed Chromium.")
    .argument('<report>', 'report.json of a benchmark')
    .argument('<picture>', 'the PNG file to write')
    .option('--verbose', 'print the stack of an error', false);
  if (parseCommand(command, process.argv.slice(2)) === null) return EXIT.done;
  const [reportFile, picture] = command.args as [string, string];
  const report = readReport(reportFile);
  if (!picture.endsWith('.png') || !existsSync(dirname(resolve(picture)))) {
    throw new UsageError(
      `Can't make a picture '${picture}': expected a name that ends in .png, in a folder that is there`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-picture-'));
  try {
    const page = join(folder, 'report.html');
    await writePage(report, page, reportFile);
    await photograph(page, picture);
  } finally {
    await rm(folder, { recursive: true });
  }
  return EXIT.done;
});

async function photograph(page: string, picture: string): Promise<void> {
  const browser = await launchChromium();
  try {
    const view = await browser.newPage({ viewport: VIEW, offline: true });
    await view.goto(pathToFileURL(page).href);
    await view.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
}
