import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import { writePage } from '#report/page/write-page.ts';

/** A page that was opened, with everything that it did that a reader would not see. */
export type OpenPage = {
  readonly page: Page;
  /** Its address, without a hash. */
  readonly url: string;
  /** Addresses that it asked for. */
  readonly requests: readonly string[];
  /** Warnings and errors in its console, and what it threw. */
  readonly complaints: readonly string[];
  readonly dialogs: readonly string[];
};

const folders: string[] = [];
const files = new Map<Report, Promise<string>>();

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** Opens a report's page from a file, without a network; closed after the test. */
export async function openPage(
  browser: Browser,
  report: Report,
  { hash = '', ...options }: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<OpenPage> {
  const file = await writeOnce(report);
  const context = await browser.newContext({ offline: true, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  const dialogs: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const url = pathToFileURL(file).href;
  await page.goto(`${url}${hash}`);
  return { page, url, requests, complaints, dialogs };
}

/** Into a folder of its own, which is gone after the file's tests: they only read it. */
function writeOnce(report: Report): Promise<string> {
  const write = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'tidemark-page-'));
    folders.push(folder);
    const file = join(folder, 'report.html');
    await writePage(report, file);
    return file;
  };
  const written = files.get(report) ?? write();
  files.set(report, written);
  return written;
}
