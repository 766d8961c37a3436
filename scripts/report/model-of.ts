import type { Model } from '../model/model.ts';
import type { Report } from './report.ts';

/** The model that a report's figures were made with, for any other scenario. */
export function modelOf({ model, prices }: Pick<Report, 'model' | 'prices'>): Model {
  const { parameters, origins, cpuError, fittedEvents } = model;
  return { parameters, origins, prices: prices.table, cpuError, fittedEvents };
}
