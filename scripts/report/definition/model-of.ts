import { FITTED_MODEL } from '#model/fit/fitted-model.ts';
import type { Model } from '#model/model.ts';
import { ORIGINS } from '#model/parameters.ts';
import { PRICE_TABLE } from '#model/prices/price-table.ts';
import { SCENARIO } from '#model/verdict/scenario.ts';
import { extend, findMisfit, misfitInWords, object, partial } from '#text/schema.ts';
import { UsageError } from '#text/usage-error.ts';
import type { Report } from './report.ts';

/** The parts of a report that modelling needs; no parameter or price may be missing. */
const MODELLED = object({
  model: extend(FITTED_MODEL, { origins: partial(ORIGINS) }),
  prices: object({ table: PRICE_TABLE }),
  scenario: SCENARIO,
});

export type ModelledParts = Pick<Report, 'model' | 'prices' | 'scenario'>;

/** The first figure that modelling needs and these parts lack, in words; null if they have every one. */
export function findGap(parts: Partial<ModelledParts>): string | null {
  const { entries } = MODELLED;
  const given = Object.entries(entries).filter(([name]) => Object.hasOwn(parts, name));
  const misfit = findMisfit(object(Object.fromEntries(given)), parts);
  return misfit && misfitInWords(misfit);
}

/**
 * Returns the model behind a report's figures. It serves the report's scenario and any other.
 *
 * @throws UsageError if the model or the scenario lacks a figure, because none can be guessed
 */
export function modelOf({ model, prices, scenario }: ModelledParts): Model {
  const gap = findGap({ model, prices, scenario });
  if (gap !== null) throw new UsageError(`Can't model with the report: ${gap}; run the benchmark again`);
  return { ...model, prices: prices.table };
}
