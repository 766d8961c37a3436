import { describe, expect, it } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import { renderModel } from '#report/views/render-model.ts';
import { EXACT_REPORT } from '#test/support/report.ts';

const lines = (given: Partial<Report>) => renderModel({ ...EXACT_REPORT, ...given }).split('\n');
const { model, verdict, runCost } = EXACT_REPORT;

describe('renderModel', () => {
  it('says how far the model is off, on what it was not fitted to', () => {
    expect(lines({ verdict: { ...verdict, warnings: [] } }).slice(0, -1)).toEqual([
      "The model's CPU is off by (median, 95th percentile, all together)",
      '  6 %, 19 %, 2 % of 40 micro-batch invocations that it was not fitted to',
      "  9 %, 40 %, 5 % of 134 micro-batch invocations in the live run's second half, both paths side by side",
      '  30 %, 90 %, 45 % of 268 micro-batch invocations in the whole live run, cold starts included',
      '  4 %, 12 %, 1 % of 16 scheduled-batch invocations that it was not fitted to',
      "  9 %, 40 %, 5 % of 14 scheduled-batch invocations in the live run's second half, both paths side by side",
      '  30 %, 90 %, 45 % of 28 scheduled-batch invocations in the whole live run, cold starts included',
    ]);
  });

  it('has no error of a path that was not fitted, and none at all where nothing was', () => {
    const { microBatch, scheduledBatch } = model.fits;
    const fits = { microBatch: { ...microBatch, cpu: null }, scheduledBatch };
    const none = { microBatch: null, scheduledBatch: null };
    const unfitted = { ...model, fits, live: none, liveWhole: none };
    expect(lines({ model: unfitted }).slice(0, 2)).toEqual([
      "The model's CPU is off by (median, 95th percentile, all together)",
      '  4 %, 12 %, 1 % of 16 scheduled-batch invocations that it was not fitted to',
    ]);
    const nothing = { microBatch: fits.microBatch, scheduledBatch: { ...scheduledBatch, cpu: null } };
    expect(lines({ model: { ...unfitted, fits: nothing } }).join('\n')).not.toContain('off by');
  });

  it('warns of what the report and the verdict warn of', () => {
    const text = lines({ warnings: ['One.'], verdict: { ...verdict, warnings: ['Two.'] } });
    expect(text.slice(-3, -1)).toEqual(['Warning: One.', 'Warning: Two.']);
  });

  it.each([
    ['embedded', 'On AWS this run would cost about 0.0312 USD, 1.40 at most (modelled).'],
    ['aws', 'This run costs about 0.0312 USD, 1.40 at most (modelled).'],
  ] as const)('says what a run costs, on %s', (name, expected) => {
    const cost = { ...runCost, totalUsd: 0.03123, mostUsd: 1.4 };
    expect(lines({ runCost: cost, target: { ...EXACT_REPORT.target, name } }).at(-1)).toBe(expected);
  });
});
