import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Assets, renderPage } from '#report/page/render-page.ts';
import { bundleAssets, writePage } from '#report/page/write-page.ts';
import { EXACT_REPORT, reportWith } from '#test/support/report.ts';

const MOST_BYTES = 600_000;

describe('bundleAssets', () => {
  let assets: Assets;
  beforeAll(async () => {
    assets = await bundleAssets();
  });

  it('bundles for a browser: nothing of Node, no import left, nothing that could end its element', () => {
    expect(assets.script.match(/.{20}(\bprocess\.|\brequire\(|\bimport\(|<\/script).{20}/i)).toBeNull();
    expect(assets.styles.match(/@import|url\(|<\/style/i)).toBeNull();
  });

  it('asks for nothing over a network', () => {
    expect(assets.script.match(/.{20}(\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource).{20}/)).toBeNull();
  });

  it('stays small', () => {
    expect(assets.script.length + assets.styles.length).toBeLessThan(MOST_BYTES);
  });
});

describe('renderPage', () => {
  const html = renderPage(EXACT_REPORT, 'out/report.json', { script: 'start();', styles: 'p{}' });

  it('allows its own script and styles by their hashes, and nothing else', () => {
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hash('start();')}`,
      `style-src ${hash('p{}')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('has the sentence, the windows and what became of every event without a script', () => {
    const [, body = ''] = /<body>(.*?)<script/s.exec(html) ?? [];
    const text = body.replace(/<[^>]+>/g, '').replaceAll('&#39;', "'");
    expect(text).toContain(EXACT_REPORT.verdict.sentence);
    for (const { reason } of EXACT_REPORT.verdict.windows) expect(text).toContain(reason);
    expect(text).toContain('✓ EXACT:');
    expect(text).toContain('counted + quarantined + dropped + discarded + expired = lines sent');
  });

  it('says first that the counts are not exact', () => {
    const inexact = renderPage(reportWith({ exact: false }), 'r.json', { script: '', styles: '' });
    expect(inexact.indexOf('✗ NOT EXACT:')).toBeGreaterThan(0);
    expect(inexact.indexOf('✗ NOT EXACT:')).toBeLessThan(inexact.indexOf('id="report-sentence"'));
  });

  it('loads nothing', () => {
    expect(html.match(/<[^>]*\s(src|srcset|poster)=|<link|<iframe|<object|<img/i)).toBeNull();
  });
});

describe('writePage', () => {
  it('names the report beside the page as a command line here would', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tidemark-page-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'report.html');
    await writePage(EXACT_REPORT, file);
    const html = await readFile(file, 'utf8');
    expect(html).toContain(JSON.stringify({ reportFile: join(folder, 'report.json') }));
  });

  it('names it from here where it stands below', async () => {
    const folder = await mkdtemp('out-page-');
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await writePage(EXACT_REPORT, join(folder, 'report.html'));
    const html = await readFile(join(folder, 'report.html'), 'utf8');
    expect(html).toContain(JSON.stringify({ reportFile: join(relative(process.cwd(), folder), 'report.json') }));
  });
});
