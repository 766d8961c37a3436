import { describe, expect, it } from 'vitest';
import { modelOf } from '../../../../scripts/report/model-of.ts';
import { UsageError } from '../../../../scripts/usage-error.ts';
import { EXACT_REPORT } from '../../../support/report.ts';

describe('modelOf', () => {
  it('is what the report was made with', () => {
    const { parameters, cpuError } = EXACT_REPORT.model;
    expect(modelOf(EXACT_REPORT)).toMatchObject({ parameters, cpuError, prices: EXACT_REPORT.prices.table });
  });

  it.each([
    [undefined, null],
    [0.08, 0.08],
  ])('takes the errors of the time in the database and of INIT, %s, for %s', (told, taken) => {
    const { databaseError: _, initError: __, ...model } = EXACT_REPORT.model;
    const errors = told === undefined ? {} : { databaseError: told, initError: told };
    expect(modelOf({ ...EXACT_REPORT, model: { ...model, ...errors } })).toMatchObject({
      databaseError: taken,
      initError: taken,
    });
  });

  it('knows of events alone how far a fit went where the report is of a version before rows', () => {
    const { fittedRows: _, ...older } = EXACT_REPORT.model;
    const { fittedEvents, fittedRows } = modelOf({ ...EXACT_REPORT, model: older });
    expect(fittedEvents).toEqual(EXACT_REPORT.model.fittedEvents);
    expect(fittedRows).toEqual({ microBatch: null, scheduledBatch: null });
  });

  it('refuses the model of another version rather than to reckon with what it lacks', () => {
    const { cpuFactor: _, ...parameters } = EXACT_REPORT.model.parameters;
    const older = { ...EXACT_REPORT, model: { ...EXACT_REPORT.model, parameters: parameters as never } };
    expect(() => modelOf(older)).toThrow(
      new UsageError(
        "Can't model with the report: its model.parameters.cpuFactor is missing: expected a number; run the benchmark again",
      ),
    );
  });
});
