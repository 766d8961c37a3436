import { sayPrices } from '#model/prices/say-prices.ts';
import type { Report } from '#report/definition/report.ts';
import { formatSpan } from '#text/format-span.ts';
import { type Content, element } from '../element.ts';
import { formatCount, formatDollars, formatNumber } from '../figures.ts';
import { figures, tableElement, words } from '../table.ts';
import { detailsElement, paragraph } from './section.ts';

/** What the run itself costs on AWS. */
export function runCostContents({ runCost, prices, target }: Report): Content[] {
  const { totalUsd, mostUsd, terms, databaseAwakeSeconds, assumptions } = runCost;
  const ran = target.name === 'aws' ? 'This run cost about' : 'The same run on AWS would cost about';
  return [
    paragraph(
      `${ran} ${formatDollars(totalUsd)} beside the stack itself, at most ${formatDollars(mostUsd)} with the database at its greatest; `,
      `the database is awake for ${formatSpan(databaseAwakeSeconds)}. Modelled from ${sayPrices(prices)}.`,
    ),
    assumptions.length === 0
      ? null
      : element('ul', { class: 'notes' }, ...assumptions.map((each) => element('li', {}, each))),
    terms.length === 0
      ? null
      : detailsElement(
          'Table',
          tableElement({
            caption: 'The run’s cost, largest term first; modelled',
            columns: [words('Term'), figures('Quantity'), words('Unit'), figures('USD'), words('Grade')],
            rows: terms.map(({ label, quantity, per, unit, costUsd, grade }) => [
              label,
              formatNumber(quantity / per),
              per === 1 ? unit : `${formatCount(per)} ${unit}`,
              formatDollars(costUsd),
              grade,
            ]),
          }),
        ),
  ];
}
