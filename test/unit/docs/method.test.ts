import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PRICES, UNUSED_PRICES } from '../../../scripts/prices/price-table.ts';

const TEXT = readFileSync(new URL('../../../docs/method.md', import.meta.url), 'utf8');

describe('docs/method.md', () => {
  it('names each price that is used and that only a third party names', () => {
    const unused: readonly string[] = UNUSED_PRICES;
    const unchecked = Object.entries(PRICES).filter(([id, { grade }]) => grade === 'T' && !unused.includes(id));
    expect(unchecked.length).toBeGreaterThan(0);
    expect(unchecked.map(([id]) => id).filter((id) => !TEXT.includes(`\`${id}\``))).toEqual([]);
  });
});
