import { PATHS_CHOICES, REGIMES } from '#model/deployment.ts';
import { PARAMETERS } from '#model/parameters.ts';
import { PRICE_IDS } from '#model/prices/price-table.ts';
import { createScenario, READERS } from '#model/verdict/scenario.ts';
import { GENERATED_KEYS, GENERATED_LOAD } from '#model/workload/workload.ts';
import type { Report } from './report.ts';
import { valueAt } from './value-at.ts';

/** What a figure is modelled with. */
export type ModelledParts = Pick<Report, 'model' | 'prices' | 'scenario'>;

type Kind = { readonly expected: string; readonly fits: (value: unknown) => boolean };
type Need = readonly [at: string, kind: Kind];

const NUMBER: Kind = { expected: 'a number', fits: Number.isFinite };
const NUMBER_OR_NULL: Kind = { expected: 'a number or null', fits: (value) => value === null || NUMBER.fits(value) };
const ABOVE_0: Kind = { expected: 'a number above 0', fits: (value) => NUMBER.fits(value) && Number(value) > 0 };
const NUMBERS: Kind = { expected: 'a list of numbers', fits: isListOf(NUMBER.fits) };
const GROUPS: Kind = {
  expected: 'a list of probabilities and numbers of keys',
  fits: isListOf((group) => NUMBER.fits(valueAt(group, 'probability')) && NUMBER.fits(valueAt(group, 'keys'))),
};

function oneOf(names: readonly string[]): Kind {
  return { expected: names.join(' or '), fits: (value) => names.includes(String(value)) };
}

const { deployment: DEPLOYMENT, ...SCENARIO } = createScenario();

const NEEDS: readonly Need[] = [
  ...Object.keys(PARAMETERS).map((name): Need => [`model.parameters.${name}`, NUMBER]),
  ...(['cpuError', 'fittedEvents', 'fittedRecords', 'fittedRows'] as const).flatMap((name): Need[] => [
    [`model.${name}.microBatch`, NUMBER_OR_NULL],
    [`model.${name}.scheduledBatch`, NUMBER_OR_NULL],
  ]),
  ['model.databaseError', NUMBER_OR_NULL],
  ['model.initError', NUMBER_OR_NULL],
  ...PRICE_IDS.flatMap((id): Need[] => [
    [`prices.table.${id}.usd`, NUMBER],
    [`prices.table.${id}.per`, ABOVE_0],
  ]),
  ...numbersIn(GENERATED_LOAD, 'scenario.workload'),
  ['scenario.workload.keys.kind', oneOf(['zipf', 'measured'])],
  ...numbersIn(DEPLOYMENT, 'scenario.deployment'),
  ['scenario.deployment.paths', oneOf(PATHS_CHOICES)],
  ['scenario.deployment.regime', oneOf(REGIMES)],
  ['scenario.deployment.batchIntervalSeconds', NUMBER_OR_NULL],
  ...numbersIn(SCENARIO, 'scenario'),
  ['scenario.reader', oneOf(READERS)],
  ['scenario.windowsSeconds', NUMBERS],
  ['scenario.batchingWindowsSeconds', NUMBERS],
];

const ZIPF_NEEDS = numbersIn(GENERATED_KEYS, 'scenario.workload.keys');
const MEASURED_NEEDS: readonly Need[] = [
  ['scenario.workload.keys.hosts', ABOVE_0],
  ['scenario.workload.keys.events', NUMBER],
  ['scenario.workload.keys.byHost', GROUPS],
  ['scenario.workload.keys.bySource', GROUPS],
];

/**
 * The first figure that modelling needs and a report lacks, in words; null: it has all of them.
 *
 * @param parts those that are looked at
 */
export function findGap(parts: Partial<ModelledParts>): string | null {
  const keys = valueAt(parts, 'scenario.workload.keys.kind') === 'measured' ? MEASURED_NEEDS : ZIPF_NEEDS;
  const gap = [...NEEDS, ...keys].find(([at, { fits }]) => isIn(parts, at) && !fits(valueAt(parts, at)));
  if (gap === undefined) return null;
  const [at, { expected }] = gap;
  const value = valueAt(parts, at);
  return `its ${at} is ${value === undefined ? 'missing' : JSON.stringify(value)}: expected ${expected}`;
}

function isIn(parts: Partial<ModelledParts>, at: string): boolean {
  return Object.hasOwn(parts, at.slice(0, at.indexOf('.')));
}

function numbersIn(example: object, at: string): Need[] {
  return Object.entries(example).flatMap(([name, value]) =>
    typeof value === 'number' ? [[`${at}.${name}`, NUMBER] as const] : [],
  );
}

function isListOf(fits: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.length > 0 && value.every(fits);
}
