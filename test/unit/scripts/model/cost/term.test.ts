import { describe, expect, it } from 'vitest';
import { priceUse, sortTerms, totalUsd, type Use } from '#model/cost/term.ts';
import { PRICES } from '#model/prices/price-table.ts';

function use(id: string, quantity: number): Use {
  return { id, label: id, owner: 'shared', price: 'lambda-request', quantity };
}

const price = (id: string, quantity: number) => priceUse(PRICES, use(id, quantity));

describe('priceUse', () => {
  it('multiplies the quantity with the price of one, and keeps where that comes from', () => {
    expect(price('requests', 2_500_000)).toMatchObject({
      costUsd: 0.5, // 2.5 million × 0.20
      usd: 0.2,
      per: 1_000_000,
      grade: 'P',
      seen: '2024-07',
      source: 'https://aws.amazon.com/lambda/pricing/',
    });
  });

  it('takes the price from the table that it is given', () => {
    const dearer = { ...PRICES, 'lambda-request': { ...PRICES['lambda-request'], usd: 2 } };
    expect(priceUse(dearer, use('requests', 2_500_000)).costUsd).toBe(5);
  });

  it.each([Number.NaN, -1, Infinity])('refuses a quantity of %d', (quantity) => {
    expect(() => price('requests', quantity)).toThrow(`Invalid quantity '${quantity}' of requests: expected 0 or more`);
  });
});

describe('sortTerms', () => {
  it('puts the largest first, and equal ones by their ids', () => {
    const terms = [price('b', 1), price('c', 2), price('a', 1)];
    expect(sortTerms(terms).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
});

describe('totalUsd', () => {
  it('is the sum, 0 of nothing', () => {
    expect(totalUsd([price('a', 1_000_000), price('b', 2_000_000)])).toBeCloseTo(0.6, 12);
    expect(totalUsd([])).toBe(0);
  });
});
