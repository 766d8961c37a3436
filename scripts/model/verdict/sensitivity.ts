import { extend, type Infer, number, oneOf } from '#text/schema.ts';
import type { Model } from '../model.ts';
import type { PriceId, PriceTable } from '../prices/price-table.ts';
import { withHosts } from '../workload/keys.ts';
import { THRESHOLD, type Threshold } from './find-threshold.ts';
import type { Scenario } from './scenario.ts';
import { thresholdOf } from './threshold-of.ts';
import { type MovedInput, moveInputs } from './uncertainty.ts';

/** What is changed, everything else as it was. */
export const SENSITIVITIES = ['rate', 'hosts', 'database price', 'batch interval', 'value of freshness'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

export const SENSITIVITY_ROW = extend(
  THRESHOLD,
  {
    what: oneOf(SENSITIVITIES, 'what is changed'),
    factor: number(
      '×',
      'what it is multiplied by; for the value of freshness the value itself, USD/month per minute of delay',
    ),
  },
  'sensitivity',
);
export type SensitivityRow = Infer<typeof SENSITIVITY_ROW>;

const FACTORS = [0.1, 0.5, 2, 10];
const FRESHNESS_USD = [0, 1, 10, 100];
const DATABASE_PRICES: readonly PriceId[] = ['aurora-acu-hour', 'aurora-io', 'aurora-storage-gb-month'];
const MINUTE = 60;

/** How the threshold moves, without its error, when one thing is another: by 2× and 10× either way. */
export function testSensitivity(model: Model, scenario: Scenario): SensitivityRow[] {
  const rows = (what: Sensitivity, factors: readonly number[], find: (factor: number) => Threshold): SensitivityRow[] =>
    factors.map((factor) => ({ what, factor, ...find(factor) }));
  // Moved once: what is planned with one of them is remembered for the rows that ask the same of it.
  const moved = moveInputs(model);
  const withScenario = (changed: Scenario): Threshold => thresholdOf(model, () => changed, 1, moved);
  return [
    ...rows('rate', FACTORS, (factor) => withScenario(changeRate(scenario, factor))),
    ...rows('hosts', FACTORS, (factor) => withScenario(changeHosts(scenario, factor))),
    ...rows('database price', FACTORS, (factor) =>
      thresholdOf({ ...model, prices: changeDatabasePrices(model.prices, factor) }, () => scenario, 1, moved),
    ),
    ...rows('batch interval', possibleIntervals(scenario), (factor) => changeInterval(model, scenario, factor, moved)),
    ...rows('value of freshness', FRESHNESS_USD, (freshnessUsd) => withScenario({ ...scenario, freshnessUsd })),
  ];
}

function changeRate(scenario: Scenario, factor: number): Scenario {
  const { workload } = scenario;
  return { ...scenario, workload: { ...workload, eventsPerSecond: workload.eventsPerSecond * factor } };
}

function changeHosts(scenario: Scenario, factor: number): Scenario {
  const { workload } = scenario;
  const hosts = Math.max(1, Math.round(workload.keys.hosts * factor));
  return { ...scenario, workload: { ...workload, keys: withHosts(workload.keys, hosts) } };
}

function changeDatabasePrices(prices: PriceTable, factor: number): PriceTable {
  const changed = DATABASE_PRICES.map((id) => [id, { ...prices[id], usd: prices[id].usd * factor }]);
  return { ...prices, ...Object.fromEntries(changed) };
}

/** An interval that is set may not become part of a minute; one that follows the window keeps to windows where it is none. */
function possibleIntervals({ deployment }: Scenario): number[] {
  const { batchIntervalSeconds } = deployment;
  return FACTORS.filter((factor) => batchIntervalSeconds === null || isWholeMinutes(batchIntervalSeconds * factor));
}

function changeInterval(model: Model, scenario: Scenario, factor: number, moved: readonly MovedInput[]): Threshold {
  const { deployment } = scenario;
  const fixedSeconds = deployment.batchIntervalSeconds;
  const withInterval = (batchIntervalSeconds: number): Scenario => ({
    ...scenario,
    deployment: { ...deployment, batchIntervalSeconds },
  });
  if (fixedSeconds !== null) {
    return thresholdOf(model, () => withInterval(Math.round(fixedSeconds * factor)), 1, moved);
  }
  const stepMinutes = factor < 1 ? Math.round(1 / factor) : 1;
  return thresholdOf(model, (windowSeconds) => withInterval(Math.round(windowSeconds * factor)), stepMinutes, moved);
}

function isWholeMinutes(seconds: number): boolean {
  return seconds >= MINUTE && Math.round(seconds) % MINUTE === 0 && Math.abs(seconds - Math.round(seconds)) < 1e-6;
}
