import { describe, expect, it } from 'vitest';
import { STANDARD } from '#model/parameters.ts';
import { findGap, type ModelledParts, modelOf } from '#report/definition/model-of.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import { UsageError } from '#text/usage-error.ts';

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
    ['no origins, without which a fitted parameter keeps its range', { model: { ...model, origins: {} } }],
    ['a path that was not fitted', { model: { ...model, cpuError: { microBatch: null, scheduledBatch: 0.1 } } }],
  ])('finds none in %s', (_, changes) => {
    expect(findGap(partsWith(changes))).toBeNull();
  });

  it.each<[gap: string, changes: object]>([
    [
      'its model.parameters.cpuFactor is missing: expected a number, 0 to 1000000000000',
      withParameters(WITHOUT_FACTOR),
    ],
    [
      'its model.parameters.cpuFactor is null: expected a number, 0 to 1000000000000',
      withParameters({ ...STANDARD, cpuFactor: null }),
    ],
    [
      'its model.cpuError.scheduledBatch is missing: expected a number, or null',
      { model: { ...model, cpuError: { microBatch: 0.1 } } },
    ],
    ['its model.fittedRows is missing: expected an object', { model: { ...model, fittedRows: undefined } }],
    [
      'its model.databaseError is missing: expected a number, or null',
      { model: { ...model, databaseError: undefined } },
    ],
    ['its model.initError is "none": expected a number, or null', { model: { ...model, initError: 'none' } }],
    ['its prices.table.aurora-io is missing: expected an object', withTable(WITHOUT_IO)],
    [
      'its prices.table.aurora-io.per is 0: expected a number, 0.000001 to 1000000000000',
      withTable({ ...prices.table, 'aurora-io': { ...prices.table['aurora-io'], per: 0 } }),
    ],
    ['its scenario.workload is missing: expected an object', { scenario: {} }],
    [
      'its scenario.deployment.tickSeconds is missing: expected a number, 0 to 1000000000000',
      { scenario: { ...scenario, deployment: WITHOUT_TICKS } },
    ],
    [
      'its scenario.windowsSeconds.1 is null: expected a number, 1 to 86400',
      { scenario: { ...scenario, windowsSeconds: [60, null] } },
    ],
    ['its scenario.reader is "nobody": expected partial or final', { scenario: { ...scenario, reader: 'nobody' } }],
    [
      'its scenario.workload.keys.hostSkew is missing: expected a number, 0 to 5',
      withKeys({ ...workload.keys, hostSkew: undefined }),
    ],
    [
      'its scenario.workload.keys.bySource is []: expected a list of one or more',
      withKeys({ ...MEASURED, bySource: [] }),
    ],
  ])('says that %s', (gap, changes) => {
    expect(findGap(partsWith(changes))).toBe(gap);
  });

  it('looks at nothing but the parts that it is given', () => {
    expect(findGap({ scenario })).toBeNull();
  });
});

describe('modelOf', () => {
  it('is what the report was made with', () => {
    const { parameters, cpuError } = EXACT_REPORT.model;
    expect(modelOf(EXACT_REPORT)).toMatchObject({ parameters, cpuError, prices: EXACT_REPORT.prices.table });
  });

  it('has every error and how far a fit went as the report has them', () => {
    const given = { databaseError: 0.08, initError: 0.07, fittedRows: { microBatch: 5, scheduledBatch: null } };
    expect(modelOf({ ...EXACT_REPORT, model: { ...EXACT_REPORT.model, ...given } })).toMatchObject(given);
  });

  it('refuses the model of another version rather than to reckon with what it lacks', () => {
    const { cpuFactor: _, ...parameters } = EXACT_REPORT.model.parameters;
    const older = { ...EXACT_REPORT, model: { ...EXACT_REPORT.model, parameters: parameters as never } };
    expect(() => modelOf(older)).toThrow(
      new UsageError(
        "Can't model with the report: its model.parameters.cpuFactor is missing: expected a number, 0 to 1000000000000; run the benchmark again",
      ),
    );
  });
});
