import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readPriceFile } from '#cli/options/price-file.ts';
import { PRICES } from '#model/prices/price-table.ts';
import { UsageError } from '#text/usage-error.ts';

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-prices-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'prices.json');
  writeFileSync(file, text);
  return file;
}

describe('readPriceFile', () => {
  it('takes the built-in table without a file', () => {
    expect(readPriceFile(undefined)).toBe(PRICES);
  });

  it('takes the table of a file', () => {
    const dearer = { ...PRICES, 'dashboard-month': { ...PRICES['dashboard-month'], usd: 4 } };
    expect(readPriceFile(fileOf(JSON.stringify({ prices: dearer })))).toEqual(dearer);
  });

  it('says which file it could not read', () => {
    expect(() => readPriceFile('nowhere.json')).toThrow(UsageError);
    expect(() => readPriceFile('nowhere.json')).toThrow(/^Can't read --prices 'nowhere\.json': ENOENT.*$/);
  });

  it('says what is wrong in a file that is no price table', () => {
    const file = fileOf('{}');
    expect(() => readPriceFile(file)).toThrow(
      new UsageError(`Invalid ${file}: expected {"prices": {…}}; --print-prices writes one to start from`),
    );
  });
});
