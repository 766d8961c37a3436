import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Measured } from '#bench/experiments/observations.ts';
import { prepareFolder, writeMeasured, writeResults } from '#report/write-results.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import { calibrationOf, drainOf, measuredOf, observationsOf } from '#test/support/report-measured.ts';
import { UsageError } from '#text/usage-error.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-results-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function failureOf(out: string): Promise<Error> {
  return prepareFolder(out).then(
    () => new Error('It was taken'),
    (error: Error) => error,
  );
}

describe('writeResults', () => {
  it('writes the report and its page into the folder, which it makes', async () => {
    const folder = join(await makeFolder(), 'of', 'today');
    const made: unknown[] = [];
    const results = await writeResults(EXACT_REPORT, folder, async (report, file) => {
      made.push(report);
      await writeFile(file, '<!doctype html>');
    });

    expect(results).toEqual({
      report: join(folder, 'report.json'),
      page: join(folder, 'report.html'),
      pageFailure: null,
    });
    expect(made).toEqual([EXACT_REPORT]);
    expect(JSON.parse(await readFile(results.report, 'utf8'))).toEqual(EXACT_REPORT);
  });

  it('has written the report before the page, which may fail', async () => {
    const folder = await makeFolder();
    const { report, page, pageFailure } = await writeResults(EXACT_REPORT, folder, async () => {
      expect(existsSync(join(folder, 'report.json'))).toBe(true);
      throw new Error('no space left on device');
    });

    expect(JSON.parse(await readFile(report, 'utf8'))).toEqual(EXACT_REPORT);
    expect(page).toBeNull();
    expect(pageFailure?.message).toBe('The page was not written: no space left on device');
  });
});

describe('writeMeasured', () => {
  it('keeps ledgers, drains and what is missing, for when no report can be made of them', async () => {
    const folder = join(await makeFolder(), 'of', 'today');
    const notMeasured = [{ what: 'drain of 1 hour', why: 'interrupted' }];
    const measured = measuredOf({ calibration: calibrationOf(), drains: [drainOf()], notMeasured });
    const file = await writeMeasured(measured, folder);

    expect(file).toBe(join(folder, 'measured.json'));
    const kept = JSON.parse(await readFile(file, 'utf8'));
    const { run, paths } = observationsOf();
    expect(kept).toMatchObject({
      live: [{ run: { id: run.id }, paths: { microBatch: { ledger: paths.microBatch.ledger } } }],
      calibration: { load: { events: 63_000 } },
      drains: [{ windowMs: 60_000 }],
      notMeasured,
    });
  });

  it('has a text for numbers that JSON has no form for, and the pairs of a map', async () => {
    const lag = new Map([['shardId-000000000000', 12345678901234567890n]]);
    const file = await writeMeasured({ ...measuredOf(), lag } as Measured, await makeFolder());
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      lag: [['shardId-000000000000', '12345678901234567890']],
    });
  });
});

describe('prepareFolder', () => {
  it('makes the folder, and takes one that is there', async () => {
    const folder = join(await makeFolder(), 'new', 'one');
    await prepareFolder(folder);
    await prepareFolder(folder);
    expect(existsSync(folder)).toBe(true);
    await prepareFolder(undefined);
  });

  it.each([
    ['that is a file', ['file'], 'EEXIST: file already exists'],
    ['below a file', ['file', 'folder'], 'ENOTDIR: not a directory'],
    ['far below a file', ['file', 'of', 'today'], 'ENOTDIR: not a directory'],
  ])('refuses one %s in one line', async (_, path, why) => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'file'), '');
    const out = join(folder, ...path);
    const failure = await failureOf(out);
    expect(failure).toBeInstanceOf(UsageError);
    expect(failure.message).toMatch(/^[^\n]+; name one that can be made and written into$/);
    expect(failure.message).toContain(`Can't make the folder --out '${out}': ${why}, `);
  });

  // Node's own recursive mkdir tries for ever there.
  it.runIf(process.platform === 'linux').each(['/proc/x', '/proc/x/y'])(
    'refuses %s, where no folder can be made',
    async (out) => {
      expect((await failureOf(out)).message).toMatch(
        /^Can't make the folder --out '[^']+': [^\n]+ '\/proc\/x' in '\/proc'; /,
      );
    },
    5_000,
  );

  it.each([
    ['that is there', [], "Can't write into the folder"],
    ['that is to be made', ['new'], "Can't make the folder"],
  ])('refuses one without permission, %s', async (_, path, what) => {
    const folder = await makeFolder();
    await chmod(folder, 0o555);
    const out = join(folder, ...path);
    const failure = await asOrdinaryUser(() => failureOf(out));
    expect(failure.message).toMatch(`${what} --out '${out}': EACCES: permission denied`);
  });
});

/** Root may write anywhere, so it steps down for as long as the work takes. */
async function asOrdinaryUser<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.('nobody');
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
