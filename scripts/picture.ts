import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { EXIT, endWith } from './cli/command-end.ts';
import { verbose } from './cli/options/values.ts';
import { parseCommand } from './cli/parse-command.ts';
import { readReport } from './report/definition/read-report.ts';
import { launchChromium } from './report/page/chromium.ts';
import { writePage } from './report/page/write-page.ts';
import { UsageError } from './text/usage-error.ts';

/** Size that shows the verdict, its windows and the sliders, px. */
const VIEW = { width: 1_280, height: 1_500 };

await endWith(async () => {
  const command = new Command('npm run picture --')
    .description("Makes a picture of a report's page, such as docs/report.png. Needs Chromium.")
    .argument('<report>', 'report.json of a benchmark')
    .argument('<picture>', 'the PNG file to write')
    .addOption(verbose());
  if (parseCommand(command, process.argv.slice(2)) === null) return EXIT.done;
  const [reportFile, picture] = command.args as [string, string];
  const report = readReport(reportFile);
  if (!picture.endsWith('.png') || !existsSync(dirname(resolve(picture)))) {
    throw new UsageError(`Can't make a picture '${picture}': expected a name that ends in .png, in an existing folder`);
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
