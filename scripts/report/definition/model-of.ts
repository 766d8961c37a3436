import type { Model } from '#model/model.ts';
import { UsageError } from '#text/usage-error.ts';
import { findGap, type ModelledParts } from './find-gap.ts';

/**
 * The model that a report's figures were made with, for its scenario or any other.
 *
 * @throws UsageError where the model or the scenario lacks a figure: it can't be guessed
 */
export function modelOf({ model, prices, scenario }: ModelledParts): Model {
  const gap = findGap({ model, prices, scenario });
  if (gap !== null) throw new UsageError(`Can't model with the report: ${gap}; run the benchmark again`);
  const { parameters, origins, cpuError, databaseError, initError, fittedEvents, fittedRecords, fittedRows } = model;
  const fitted = { fittedEvents, fittedRecords, fittedRows };
  return { parameters, origins, prices: prices.table, cpuError, databaseError, initError, ...fitted };
}
