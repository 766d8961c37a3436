import { describe, expect, it } from 'vitest';
import { errorsSection, fitSection } from '#report/sections/model-fit.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

const { model } = EXACT_REPORT;

describe('errorsSection', () => {
  it('says how far the model is off, on what it was not fitted to', () => {
    const { rows = [], howToRead } = errorsSection(model);
    expect(rows.filter(([, of]) => of !== 'rows, by the keys')).toEqual([
      ['micro-batch', 'CPU, held out', '6 %', '19 %', '2 %', '40'],
      ['micro-batch', 'CPU, live run, second half', '9 %', '40 %', '5 %', '134'],
      ['micro-batch', 'CPU, live run, whole', '30 %', '90 %', '45 %', '268'],
      ['scheduled-batch', 'CPU, held out', '4 %', '12 %', '1 %', '16'],
      ['scheduled-batch', 'CPU, live run, second half', '9 %', '40 %', '5 %', '14'],
      ['scheduled-batch', 'CPU, live run, whole', '30 %', '90 %', '45 %', '28'],
    ]);
    expect(rows[3]).toEqual(['micro-batch', 'rows, by the keys', '2 %', '5 %', '1 %', '40']);
    expect(howToRead).toContain('Held out: predicted by a fit to the other two thirds');
  });

  it('has no error of a path that was not fitted, and none at all where nothing was', () => {
    const { microBatch, scheduledBatch } = model.fits;
    const none = { microBatch: null, scheduledBatch: null };
    const unfitted = {
      fits: { microBatch: { ...microBatch, cpu: null, rows: null }, scheduledBatch },
      live: none,
      liveWhole: none,
    };
    expect(errorsSection(unfitted).rows?.[0]).toEqual(['scheduled-batch', 'CPU, held out', '4 %', '12 %', '1 %', '16']);
    const nothing = { ...unfitted.fits, scheduledBatch: { ...scheduledBatch, cpu: null, rows: null } };
    const section = errorsSection({ ...unfitted, fits: nothing });
    expect([section.finding, section.rows]).toEqual(['Nothing was fitted, so no error is known.', undefined]);
  });
});

describe('fitSection', () => {
  it('says why a path was not fitted', () => {
    const { microBatch, scheduledBatch } = model.fits;
    const whyNot = 'only 3 warm invocations, at least 12 are needed';
    const { rows = [] } = fitSection({ fits: { microBatch: { ...microBatch, cpu: null, whyNot }, scheduledBatch } });
    expect(rows[0]).toEqual(['micro-batch', '–', '–', '–', '–', '–', '0', '–', `not fitted: ${whyNot}`]);
    expect(rows[1]?.slice(-3)).toEqual(['16', '300–150,000', '✓ yes']);
  });
});
