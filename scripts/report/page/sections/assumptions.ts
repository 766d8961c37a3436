import { GRADES } from '#model/prices/price-table.ts';
import { sayPrices } from '#model/prices/say-prices.ts';
import type { Report } from '#report/definition/report.ts';
import { type Element, element } from '../element.ts';
import { tableElement } from '../table.ts';
import { parametersTable } from './parameters.ts';
import { pricesTable } from './prices.ts';
import { runCostContents } from './run-cost.ts';
import { detailsElement, type Heading, pairsElement, paragraph, sectionElement } from './section.ts';
import { placePairs, scenarioPairs } from './setup.ts';

export const ASSUMPTIONS: Heading = { id: 'assumptions', title: 'Every assumption' };

/** What every figure of the report was measured with, or made from. */
export function assumptionsSection(report: Report): Element {
  const { model, prices } = report;
  return sectionElement(
    ASSUMPTIONS,
    paragraph('Everything that a figure of this report was measured with, or made from.'),
    element('h3', {}, 'Where and what was run'),
    pairsElement(placePairs(report)),
    element('h3', {}, 'The case that the verdict is about'),
    pairsElement(scenarioPairs(report)),
    element('h3', {}, 'The model’s parameters'),
    detailsElement(`${Object.keys(model.parameters).length} parameters`, tableElement(parametersTable(report))),
    element('h3', {}, 'Prices'),
    paragraph(
      `The table has ${sayPrices(prices)} of ${prices.region ?? 'several regions'} in USD`,
      prices.builtIn ? ', without taxes, free tiers and discounts.' : '.',
    ),
    detailsElement(
      `${Object.keys(prices.table).length} prices`,
      tableElement(pricesTable(report)),
      pairsElement(Object.entries(GRADES)),
    ),
    element('h3', {}, 'What this run costs on AWS'),
    ...runCostContents(report),
  );
}
