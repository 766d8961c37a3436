import { describe, expect, it } from 'vitest';
import { modelOf } from '#report/definition/model-of.ts';
import { EXACT_REPORT } from '#test/support/report.ts';
import { UsageError } from '#text/usage-error.ts';

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
        "Can't model with the report: its model.parameters.cpuFactor is missing: expected a number; run the benchmark again",
      ),
    );
  });
});
