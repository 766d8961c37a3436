import type { Price } from '#model/prices/price-table.ts';
import type { Report } from '#report/definition/report.ts';
import { link } from '../element.ts';
import { formatCount } from '../figures.ts';
import { figures, sentences, type Table, words } from '../table.ts';

/** Every price that a cost is made of. */
export function pricesTable({ prices }: Report): Table {
  return {
    caption: 'Prices, with where each was seen and how sure it is',
    columns: [
      words('Price'),
      figures('USD'),
      figures('for'),
      words('Unit'),
      words('Region'),
      words('Grade'),
      words('Seen'),
      sentences('Source'),
    ],
    rows: (Object.entries(prices.table) as [string, Price][]).map(
      ([id, { usd, per, unit, region, grade, seen, source }]) => [
        id,
        usd.toLocaleString('en-US', { maximumSignificantDigits: 8 }),
        formatCount(per),
        unit,
        region,
        grade,
        seen,
        link(source, source.replace(/^https?:\/\//, '')),
      ],
    ),
  };
}
