import { described, type Infer, number, object, orNull } from '#text/schema.ts';
import { ofBothPaths } from './deployment.ts';
import { MODEL_PARAMETERS, ORIGINS, STANDARD, STANDARD_ORIGINS } from './parameters.ts';
import { PRICES, type PriceTable } from './prices/price-table.ts';

/** The parameters, and how far a fit can be trusted. */
export const FITTED = object({
  parameters: described(MODEL_PARAMETERS, 'every parameter of the model, by its name in `scripts/model/parameters.ts`'),
  origins: described(
    ORIGINS,
    'origin of each parameter: `fitted` to this run, `measured` earlier on 2 cores (Node 20.20, PostgreSQL 18.4), `assumed`, `documented` by AWS, or `deployed`: a setting of the stack',
  ),
  cpuError: ofBothPaths(
    orNull(
      number(
        'share',
        'error of the CPU in the verdict’s band; 0.1 is 10 %. It is the greatest of three: the median and the total of held-out invocations, and the mean error of the sums over drains and batching windows that a fit has not seen',
      ),
      'not fitted',
    ),
  ),
  databaseError: orNull(number('share', 'error of the time in the database'), 'not fitted, as everywhere but on AWS'),
  initError: orNull(
    number('share', 'error of INIT, with each cold start predicted from all others'),
    'fewer than 3 cold starts on AWS',
  ),
  fittedEvents: ofBothPaths(orNull(number('events', 'most events of a fitted invocation'), 'not fitted')),
  fittedRecords: ofBothPaths(orNull(number('records', 'most records of a fitted invocation'), 'not fitted')),
  fittedRows: ofBothPaths(orNull(number('rows', 'most rows that a fitted invocation wrote'), 'not fitted')),
});

/** One figure per path; null: not fitted. */
export type PerPath = Infer<typeof FITTED>['cpuError'];

/** The model of all figures: parameters with their errors, and prices. */
export type Model = Infer<typeof FITTED> & { readonly prices: PriceTable };

const NOTHING_FITTED: PerPath = { microBatch: null, scheduledBatch: null };

export const STANDARD_MODEL: Model = {
  parameters: STANDARD,
  origins: STANDARD_ORIGINS,
  prices: PRICES,
  cpuError: NOTHING_FITTED,
  databaseError: null,
  initError: null,
  fittedEvents: NOTHING_FITTED,
  fittedRecords: NOTHING_FITTED,
  fittedRows: NOTHING_FITTED,
};
