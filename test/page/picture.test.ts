import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FULL_REPORT } from './page-reports.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

function run(...args: string[]): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/picture.ts', ...args],
      { cwd: PROJECT },
      (error, _, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stderr }),
    );
  });
}

describe('npm run picture', () => {
  let folder: string;
  let report: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-picture-test-'));
    report = join(folder, 'report.json');
    await writeFile(report, JSON.stringify(FULL_REPORT));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('makes a PNG of the page that a report has', async () => {
    const picture = join(folder, 'report.png');
    expect(await run(report, picture)).toEqual({ code: 0, stderr: '' });
    const png = await readFile(picture);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1_280, 1_500]);
  });

  it.each([
    ['a report that is not there', 'nowhere.json', 'other.png', "Can't read report "],
    ['another kind of picture', 'report.json', 'report.jpg', "Can't make a picture "],
    ['a folder that is not there', 'report.json', 'no/report.png', "Can't make a picture "],
  ])('refuses %s in one line', async (_, from, to, message) => {
    const { code, stderr } = await run(join(folder, from), join(folder, to));
    expect([code, stderr.split('\n').length]).toEqual([2, 2]);
    expect(stderr).toContain(message);
    expect(existsSync(join(folder, to))).toBe(false);
  });
});
