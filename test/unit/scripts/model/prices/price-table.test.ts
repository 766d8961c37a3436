import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { GRADES, PRICES, unitUsd } from '#model/prices/price-table.ts';

describe('the price table', () => {
  it.each(Object.entries(PRICES))('%s says how much, of what, where, from where, when and how surely', (_, price) => {
    expect(price.usd).toBeGreaterThan(0);
    expect(price.per).toBeGreaterThanOrEqual(1);
    expect(price.unit).not.toBe('');
    expect(price.region).toBe('us-east-1');
    expect(price.source).toMatch(/^https:\/\/aws\.amazon\.com\/.*pricing/);
    expect(price.seen).toMatch(/^20\d\d-\d\d$/);
    expect(GRADES).toHaveProperty(price.grade);
  });

  it('has no price that no other source names', () => {
    const scripts = fileURLToPath(new URL('../../../../../scripts/', import.meta.url));
    const sources = readdirSync(scripts, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file !== join('model', 'prices', 'price-table.ts'))
      .map((file) => readFileSync(join(scripts, file), 'utf8'));
    const unnamed = Object.keys(PRICES).filter((id) => !sources.some((source) => source.includes(`'${id}'`)));
    expect(unnamed).toEqual([]);
  });

  it('says of prices from third parties that they need checking', () => {
    expect(PRICES['scheduler-invocation'].grade).toBe('T');
    expect(PRICES['kinesis-retention-shard-hour'].grade).toBe('T');
    expect(GRADES.T).toContain('check it');
  });
});

describe('unitUsd', () => {
  it('is the price of one where the list has that of a million', () => {
    expect(unitUsd(PRICES['lambda-request'])).toBeCloseTo(0.0000002, 15); // 0.20 / 1,000,000
    expect(unitUsd(PRICES['kms-request'])).toBeCloseTo(0.000003, 15); // 0.03 / 10,000
    expect(unitUsd(PRICES['aurora-acu-hour'])).toBe(0.12);
  });
});
