import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { EXIT, endWith } from './command-end.ts';
import { parseCommand } from './options/parse-command.ts';
import { launchChromium } from './page/chromium.ts';
import { UsageError } from './usage-error.ts';

/** What fits on a page of documentation: the verdict, its windows and the sliders. */
const VIEW = { width: 1_280, height: 1_500 };

await endWith(async () => {
  const command = new Command('npm run picture --')
    .description("Takes a picture of a report's page, as docs/report.png is made. Needs an installed Chromium.")
    .argument('<page>', 'report.html of a benchmark')
    .argument('<picture>', 'the PNG file to write')
    .option('--verbose', 'print the stack of an error', false);
  if (parseCommand(command, process.argv.slice(2)) === null) return EXIT.done;
  const [page, picture] = command.args as [string, string];
  if (!page.endsWith('.html') || !existsSync(page)) {
    throw new UsageError(`No page '${page}': expected the report.html of a benchmark`);
  }
  if (!picture.endsWith('.png') || !existsSync(dirname(resolve(picture)))) {
    throw new UsageError(
      `Can't make a picture '${picture}': expected a name that ends in .png, in a folder that is there`,
    );
  }
  const browser = await launchChromium();
  try {
    const view = await browser.newPage({ viewport: VIEW, offline: true });
    await view.goto(pathToFileURL(resolve(page)).href);
    await view.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
  return EXIT.done;
});
