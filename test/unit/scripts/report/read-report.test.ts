import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../../scripts/command/usage-error.ts';
import { digestReport } from '../../../../scripts/report/digest-report.ts';
import { readReport } from '../../../../scripts/report/read-report.ts';
import { EXACT_REPORT } from '../../../support/report.ts';

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

  it.each([
    ['correctness', { correctness: undefined }],
    ['model.parameters', { model: null }],
    ['model.fits.microBatch', { model: { ...EXACT_REPORT.model, fits: {} } }],
    ['prices.table', { prices: { region: null } }],
    ['scenario.workload.keys', { scenario: {} }],
    ['scenario.windowsSeconds', { scenario: { ...EXACT_REPORT.scenario, windowsSeconds: 300 } }],
    ['drains', { drains: {} }],
    ['model.fittedRows', { model: { ...EXACT_REPORT.model, fittedRows: undefined } }],
    ['model.liveWhole', { model: { ...EXACT_REPORT.model, liveWhole: null } }],
    [
      'batchingWindows.0.coldStarts',
      { batchingWindows: EXACT_REPORT.batchingWindows.map((phase) => ({ ...phase, coldStarts: undefined })) },
    ],
  ])('says that it has no %s, however well its digest fits', (name, changes) => {
    const { digest: _, ...fields } = { ...EXACT_REPORT, ...changes };
    const made = JSON.parse(JSON.stringify(fields)) as Record<string, unknown>;
    expect(failure(written(JSON.stringify({ ...made, digest: digestReport(made) })))).toContain(
      `is no report: it has no '${name}': expected a report.json`,
    );
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
