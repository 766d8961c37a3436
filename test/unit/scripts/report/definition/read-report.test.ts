import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestReport } from '#report/definition/digest-report.ts';
import { readReport } from '#report/definition/read-report.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import { UsageError } from '#text/usage-error.ts';

describe('readReport', () => {
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-report-'));
    file = join(folder, 'report.json');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const written = (text: string): string => {
    writeFileSync(file, text);
    return file;
  };
  const failure = (path: string): string => {
    try {
      readReport(path);
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      const { message } = error as Error;
      expect(message).not.toMatch(/\n|NaN|undefined/);
      return message.replace(folder, '');
    }
    throw new Error('It was read');
  };

  const TEXT = JSON.stringify(EXACT_REPORT, null, 2);

  it('reads what was written, spaces and the order of the fields aside', () => {
    expect(readReport(written(`${TEXT}\n`))).toEqual(EXACT_REPORT);
    const { digest, ...fields } = EXACT_REPORT;
    expect(readReport(written(JSON.stringify({ ...fields, digest })))).toEqual(EXACT_REPORT);
  });

  it('says that there is no such file', () => {
    const expected = 'no such file; npm run bench says in its last line where it wrote one';
    expect(failure(join(folder, 'none.json'))).toBe(`Can't read report '/none.json': ${expected}`);
    writeFileSync(file, '');
    expect(failure(join(file, 'report.json'))).toContain('no such file');
  });

  /** The report with one field changed, wherever it stands, and a digest that fits; undefined: without it. */
  const forged = (at: string, value: unknown): string => {
    const { digest: _, ...fields } = JSON.parse(TEXT) as Record<string, unknown>;
    const names = at.split('.');
    const last = names.pop() as string;
    const holder = names.reduce((within, name) => within[name] as Record<string, unknown>, fields);
    if (value === undefined) delete holder[last];
    else holder[last] = value;
    return written(JSON.stringify({ ...fields, digest: digestReport(fields) }));
  };

  it.each<[at: string, value: unknown, expected: string]>([
    ['machine', 1, 'is 1: expected an object'],
    ['correctness', 1, 'is 1: expected an object'],
    ['correctness', undefined, 'is missing: expected an object'],
    ['settings.windowMs', 'x', 'is "x": expected a number, 1000 to 86400000'],
    ['settings.marginMs', 3_600_001, 'is 3600001: expected a number, 0 to 3600000'],
    ['settings.latePolicy', 'keep', 'is "keep": expected count or drop'],
    ['stream.mapping', 'x', 'is "x": expected an object'],
    ['exact', 'yes', 'is "yes": expected true or false'],
    ['warnings.0', 1, 'is 1: expected a text'],
    ['paths.microBatch.freshnessMs', 'x', 'is "x": expected an object, or null'],
    ['paths.microBatch.freshnessMs.p95', 'x', 'is "x": expected a number'],
    ['paths.microBatch.freshnessMs.p95', null, 'is null: expected a number'],
    ['paths.scheduledBatch.slices', 'x', 'is "x": expected a list'],
    ['paths.scheduledBatch.slices.3.cpuMs', [], 'is []: expected a number'],
    ['timeline.1.microBatch.lag', {}, 'is {}: expected a list'],
    ['repeats', 'x', 'is "x": expected a list'],
    ['repeats.0', 'x', 'is "x": expected an object'],
    ['drains', {}, 'is {}: expected a list'],
    ['drains.1.cold.predicted', null, 'is null: expected an object'],
    ['batchingWindows.0.coldStarts', undefined, 'is missing: expected a number'],
    ['model', null, 'is null: expected an object'],
    ['model.parameters.initMs', 1e308, 'is 1e+308: expected a number, 0 to 1000000000000'],
    ['model.parameters.initMs', -1, 'is -1: expected a number, 0 to 1000000000000'],
    ['model.parameters.pollSeconds', 0, 'is 0: expected a number, 0.000001 to 1000000000000'],
    ['model.fits.microBatch', undefined, 'is missing: expected an object'],
    ['model.fits.microBatch.whyNot', undefined, 'is missing: expected a text, or null'],
    ['model.fits.microBatch.cpu.heldOut', undefined, 'is missing: expected an object'],
    ['model.fits.scheduledBatch.cpu.heldOut', null, 'is null: expected an object'],
    ['model.fits.scheduledBatch.cpu.ranges.events', [1], 'is [1]: expected a list of two'],
    ['model.fittedRows', undefined, 'is missing: expected an object'],
    ['model.liveWhole', null, 'is null: expected an object'],
    ['prices.table', undefined, 'is missing: expected an object'],
    ['prices.table.aurora-io.per', 1e-320, 'is 1e-320: expected a number, 0.000001 to 1000000000000'],
    ['scenario.workload.keys', undefined, 'is missing: expected an object'],
    ['scenario.workload.keys.kind', 'guessed', 'is "guessed": expected zipf or measured'],
    ['scenario.workload.keys.referrers', 1e308, 'is 1e+308: expected a number, 1 to 1000000000'],
    ['scenario.workload.keys.hosts', 0, 'is 0: expected a number, 1 to 1000000000'],
    ['scenario.windowsSeconds', 300, 'is 300: expected a list of one or more'],
    ['scenario.windowsSeconds.0', 1e308, 'is 1e+308: expected a number, 1 to 86400'],
    ['verdict.windows.0.stream.costUsd', 'x', 'is "x": expected a number'],
    ['runCost.terms.0.grade', 'Z', 'is "Z": expected A or P or T'],
  ])('says which field is no such field, however well the digest fits: %s = %j', (at, value, expected) => {
    expect(failure(forged(at, value))).toBe(
      `Can't use report '/report.json': its ${at} ${expected}; take it as it was written, or run the benchmark again`,
    );
  });

  it('quotes no more of a value than fits into a line', () => {
    expect(failure(forged('machine', 'x'.repeat(10_000))).length).toBeLessThan(250);
  });

  it('leaves a price or parameter that is missing to those who ask for it, and passes over what it does not know', () => {
    for (const at of ['model.parameters.initMs', 'prices.table.aurora-io']) readReport(forged(at, undefined));
    readReport(forged('machine.ofTomorrow', 'x'));
  });

  it('says that it is a folder', () => {
    expect(failure(folder)).toBe("Can't read report '': it is a folder: expected the report.json in it");
  });

  it.each([
    ['is empty', '', 'it is empty'],
    ['was cut off', TEXT.slice(0, 5_000), 'it is cut off, or no JSON: '],
    ['was cut off at its last brace', TEXT.slice(0, -1), 'it is cut off, or no JSON: '],
    ['is no JSON', 'How to read this\n  freshness: …\n', 'it is cut off, or no JSON: '],
    ['is binary', '\u0000\u0001\u0002', 'it is cut off, or no JSON: '],
  ])('says that it %s', (_, text, expected) => {
    expect(failure(written(text))).toContain(`Can't read report '/report.json': ${expected}`);
  });

  it.each([
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '3'],
    ['a price table', '{"prices":{}}'],
    ['a schema version in words', JSON.stringify({ ...EXACT_REPORT, schemaVersion: 'three' })],
    ['something else with a schema version', '{"schemaVersion":3}'],
  ])('says that %s is no report', (_, text) => {
    expect(failure(written(text))).toBe(
      "'/report.json' is no report: expected a report.json as npm run bench writes it",
    );
  });

  it.each([
    [4, 'was made by a newer Tidemark: schema 4, this reads 3: read it with that one'],
    [2, 'was made by an older Tidemark: schema 2, this reads 3: run the benchmark again'],
  ])('refuses schema %i before it looks at anything else', (schemaVersion, expected) => {
    const text = JSON.stringify({ schemaVersion, tidemarkVersion: '9.9.9' });
    expect(failure(written(text))).toBe(`Report '/report.json' ${expected}`);
  });

  it.each([
    ['a figure', { ...EXACT_REPORT, exact: false }],
    ['a figure deep inside', { ...EXACT_REPORT, load: { ...EXACT_REPORT.load, events: 1 } }],
    ['a field that is new', { ...EXACT_REPORT, approved: true }],
    ['a field that is gone', { ...EXACT_REPORT, warnings: undefined }],
    [
      'the digest',
      { ...EXACT_REPORT, digest: EXACT_REPORT.digest.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
    ],
  ])('refuses a report that was changed by hand: %s', (_, report) => {
    expect(failure(written(JSON.stringify(report)))).toBe(
      "Report '/report.json' was changed after it was written: its digest is not that of its fields: take it as it was written, or run the benchmark again",
    );
  });

  it('refuses a report without a digest', () => {
    const { digest: _, ...fields } = EXACT_REPORT;
    expect(failure(written(JSON.stringify(fields)))).toContain('was changed after it was written: it has no digest');
  });
});
