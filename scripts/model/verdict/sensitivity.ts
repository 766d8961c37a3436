import { extend, type Infer, number, oneOf } from '#text/schema.ts';
import type { Model } from '../model.ts';
import type { PriceId, PriceTable } from '../prices/price-table.ts';
import { withHosts } from '../workload/keys.ts';
import { changeRate, prepareWorkload } from '../workload/workload.ts';
import { planSearch, thresholdOf } from './compare-paths.ts';
import type { PlannedWindow } from './contender.ts';
import { type Search, THRESHOLD, type Threshold } from './find-threshold.ts';
import type { PreparedScenario, Scenario } from './scenario.ts';
import { moveInputs } from './uncertainty.ts';

/** Inputs that are changed one at a time. */
export const SENSITIVITIES = ['rate', 'hosts', 'database price', 'batch interval', 'value of freshness'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

export const SENSITIVITY_ROW = extend(
  THRESHOLD,
  {
    what: oneOf(SENSITIVITIES, 'the changed input; all others stay'),
    factor: number(
      '×',
      'factor of the change; for the value of freshness the new value itself, USD/month per minute of delay',
    ),
  },
  'sensitivity',
);
export type SensitivityRow = Infer<typeof SENSITIVITY_ROW>;

const FACTORS = [0.1, 0.5, 2, 10];
const FRESHNESS_USD = [0, 1, 10, 100];
const DATABASE_PRICES: readonly PriceId[] = ['aurora-acu-hour', 'aurora-io', 'aurora-storage-gb-month'];
const MINUTE = 60;

/** Shows how the threshold, without its error, moves if one input is changed by 2× and 10× either way. */
export function testSensitivity(model: Model, scenario: PreparedScenario): SensitivityRow[] {
  const rows = (what: Sensitivity, factors: readonly number[], find: (factor: number) => Threshold): SensitivityRow[] =>
    factors.map((factor) => ({ what, factor, ...find(factor) }));
  const { workload } = scenario;
  const moved = moveInputs(model);
  const withScenario = (changed: PreparedScenario): Threshold =>
    thresholdOf(
      model,
      changed,
      planSearch(model, () => changed),
      moved,
    );
  // Plans depend neither on prices nor on the value of freshness, so all of these rows share them.
  const planned = planSearch(model, () => scenario);
  return [
    ...rows('rate', FACTORS, (factor) =>
      withScenario({ ...scenario, workload: changeRate(workload, workload.eventsPerSecond * factor) }),
    ),
    ...rows('hosts', FACTORS, (factor) => withScenario(changeHosts(scenario, factor))),
    ...rows('database price', FACTORS, (factor) =>
      thresholdOf({ prices: changeDatabasePrices(model.prices, factor) }, scenario, planned, moved),
    ),
    ...rows('batch interval', possibleIntervals(scenario), (factor) =>
      thresholdOf(model, scenario, planInterval(model, scenario, factor), moved),
    ),
    ...rows('value of freshness', FRESHNESS_USD, (freshnessUsd) =>
      thresholdOf(model, { ...scenario, freshnessUsd }, planned, moved),
    ),
  ];
}

function changeHosts(scenario: PreparedScenario, factor: number): PreparedScenario {
  const { workload } = scenario;
  const hosts = Math.max(1, Math.round(workload.keys.hosts * factor));
  return { ...scenario, workload: prepareWorkload({ ...workload, keys: withHosts(workload.keys, hosts) }) };
}

function changeDatabasePrices(prices: PriceTable, factor: number): PriceTable {
  const changed = DATABASE_PRICES.map((id) => [id, { ...prices[id], usd: prices[id].usd * factor }]);
  return { ...prices, ...Object.fromEntries(changed) };
}

/** Factors that keep a fixed interval at whole minutes. An interval that follows the window is tested with every factor. */
function possibleIntervals({ deployment }: Scenario): number[] {
  const { batchIntervalSeconds } = deployment;
  return FACTORS.filter((factor) => batchIntervalSeconds === null || isWholeMinutes(batchIntervalSeconds * factor));
}

function planInterval(model: Model, scenario: PreparedScenario, factor: number): Search<PlannedWindow> {
  const { deployment } = scenario;
  const fixedSeconds = deployment.batchIntervalSeconds;
  const withInterval = (seconds: number): PreparedScenario => {
    return { ...scenario, deployment: { ...deployment, batchIntervalSeconds: Math.round(seconds * factor) } };
  };
  if (fixedSeconds !== null) return planSearch(model, () => withInterval(fixedSeconds));
  return planSearch(model, withInterval, factor < 1 ? Math.round(1 / factor) : 1);
}

function isWholeMinutes(seconds: number): boolean {
  return seconds >= MINUTE && Math.round(seconds) % MINUTE === 0 && Math.abs(seconds - Math.round(seconds)) < 1e-6;
}
