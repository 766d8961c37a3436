import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findChromium } from '#report/page/chromium.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-chromium-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('findChromium', () => {
  it('finds one in PATH, by any of its names', async () => {
    const [empty, folder] = [await makeFolder(), await makeFolder()];
    await writeFile(join(folder, 'google-chrome'), '', { mode: 0o755 });
    expect(findChromium({ PATH: [empty, folder].join(delimiter) })).toBe(join(folder, 'google-chrome'));
  });

  it('takes the one that CHROMIUM names', async () => {
    const file = join(await makeFolder(), 'mine');
    await writeFile(file, '', { mode: 0o755 });
    expect(findChromium({ CHROMIUM: file, PATH: '' })).toBe(file);
  });

  it('refuses a CHROMIUM that is none', () => {
    expect(() => findChromium({ CHROMIUM: '/nowhere/chromium' })).toThrow(
      "Invalid CHROMIUM '/nowhere/chromium': expected the path of a program that can be started",
    );
  });

  it('says how to get one where there is none, rather than to leave its tests out', async () => {
    expect(() => findChromium({ PATH: '' })).toThrow(/install one \(Debian: apt-get install chromium\)/);
    const folder = await makeFolder();
    await writeFile(join(folder, 'chromium'), 'no program', { mode: 0o644 });
    expect(() => findChromium({ PATH: folder })).toThrow(/^No chromium, chromium-browser, google-chrome in PATH/);
  });
});
