import { sayPrices } from '#model/prices/say-prices.ts';
import type { Report } from '../definition/report.ts';
import { type Content, element } from './element.ts';

/** That figures were measured, and where. */
export function measured({ target }: Pick<Report, 'target'>): Content[] {
  return [mark('measured'), target.name === 'aws' ? ' on AWS' : ` on the ${target.name} target`];
}

/** That figures were modelled, and from what. */
export function modelled({ model, prices, target }: Pick<Report, 'model' | 'prices' | 'target'>): Content[] {
  const { microBatch, scheduledBatch } = model.fits;
  const fitted = [microBatch, scheduledBatch].filter(({ cpu }) => cpu !== null).length;
  const from =
    fitted === 0
      ? 'standard parameters'
      : `the CPU that was fitted on the ${target.name} target${fitted === 2 ? '' : ' for one path'}`;
  return [mark('modelled'), ` from ${from} and ${sayPrices(prices)}`];
}

function mark(origin: 'measured' | 'modelled'): Content {
  return element('span', { class: `mark ${origin}` }, origin);
}
