import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import { findGap, type ModelledParts } from '#report/definition/find-gap.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

const { model, prices, scenario } = EXACT_REPORT;
const { workload, deployment } = scenario;
const { cpuFactor: _, ...WITHOUT_FACTOR } = model.parameters;
const { 'aurora-io': __, ...WITHOUT_IO } = prices.table;
const { tickSeconds: ___, ...WITHOUT_TICKS } = deployment;

const MEASURED = {
  kind: 'measured',
  hosts: 2,
  events: 10,
  byHost: [{ probability: 0.5, keys: 2 }],
  bySource: [{ probability: 0.25, keys: 4 }],
};

function partsWith(changes: object): ModelledParts {
  return { model, prices, scenario, ...changes };
}

const withParameters = (parameters: object): object => ({ model: { ...model, parameters } });
const withTable = (table: object): object => ({ prices: { ...prices, table } });
const withKeys = (keys: object): object => ({ scenario: { ...scenario, workload: { ...workload, keys } } });

describe('findGap', () => {
  it.each<[what: string, changes: object]>([
    ['a whole report', {}],
    ['keys of a log', withKeys(MEASURED)],
    ['a figure that this version does not know', withParameters({ ...STANDARD, ofTomorrow: null })],
    ['no price of what nothing is multiplied by', withTable({ ...prices.table, 'nat-hour': undefined })],
    ['no errors of the live run, with which nothing is modelled', { model: { ...model, liveWhole: undefined } }],
    ['a path that was not fitted', { model: { ...model, cpuError: { microBatch: null, scheduledBatch: 0.1 } } }],
  ])('finds none in %s', (_, changes) => {
    expect(findGap(partsWith(changes))).toBeNull();
  });

  it.each<[gap: string, changes: object]>([
    ['its model.parameters.cpuFactor is missing: expected a number', withParameters(WITHOUT_FACTOR)],
    ['its model.parameters.cpuFactor is null: expected a number', withParameters({ ...STANDARD, cpuFactor: null })],
    [
      'its model.cpuError.scheduledBatch is missing: expected a number or null',
      { model: { ...model, cpuError: { microBatch: 0.1 } } },
    ],
    [
      'its model.fittedRows.microBatch is missing: expected a number or null',
      { model: { ...model, fittedRows: undefined } },
    ],
    [
      'its model.databaseError is missing: expected a number or null',
      { model: { ...model, databaseError: undefined } },
    ],
    ['its model.initError is "none": expected a number or null', { model: { ...model, initError: 'none' } }],
    ['its prices.table.aurora-io.usd is missing: expected a number', withTable(WITHOUT_IO)],
    [
      'its prices.table.aurora-io.per is 0: expected a number above 0',
      withTable({ ...prices.table, 'aurora-io': { usd: 0.2, per: 0 } }),
    ],
    ['its scenario.workload.eventsPerSecond is missing: expected a number', { scenario: {} }],
    [
      'its scenario.deployment.tickSeconds is missing: expected a number',
      { scenario: { ...scenario, deployment: WITHOUT_TICKS } },
    ],
    [
      'its scenario.windowsSeconds is [60,null]: expected a list of numbers',
      { scenario: { ...scenario, windowsSeconds: [60, null] } },
    ],
    ['its scenario.reader is "nobody": expected partial or final', { scenario: { ...scenario, reader: 'nobody' } }],
    [
      'its scenario.workload.keys.hostSkew is missing: expected a number',
      withKeys({ ...workload.keys, hostSkew: undefined }),
    ],
    [
      'its scenario.workload.keys.bySource is []: expected a list of probabilities and numbers of keys',
      withKeys({ ...MEASURED, bySource: [] }),
    ],
  ])('says that %s', (gap, changes) => {
    expect(findGap(partsWith(changes))).toBe(gap);
  });

  it('looks at nothing but the parts that it is given', () => {
    expect(findGap({ scenario })).toBeNull();
  });
});
