import type { Model } from '../model/model.ts';
import { PARAMETERS } from '../model/parameters.ts';
import { UsageError } from '../usage-error.ts';
import type { Report } from './report.ts';

/**
 * The model that a report's figures were made with, for any other scenario.
 *
 * @throws UsageError where it was another version's: what it lacks can't be guessed
 */
export function modelOf({ model, prices }: Pick<Report, 'model' | 'prices'>): Model {
  const { parameters, origins, cpuError, databaseError = null, initError = null, fittedEvents } = model;
  const missing = Object.keys(PARAMETERS).find((name) => !Object.hasOwn(parameters, name));
  if (missing !== undefined) {
    throw new UsageError(`The report was modelled by another version, without '${missing}': run the benchmark again`);
  }
  return { parameters, origins, prices: prices.table, cpuError, databaseError, initError, fittedEvents };
}
