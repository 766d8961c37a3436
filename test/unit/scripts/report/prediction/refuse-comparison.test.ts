import { describe, expect, it } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import { refuseComparison } from '#report/prediction/refuse-comparison.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';
import { UsageError } from '#text/usage-error.ts';

function withLoad(options: Record<string, unknown>, load: Partial<Report['load']> = {}): Report {
  return changedReport({
    load: { ...EXACT_REPORT.load, ...load, options: { ...EXACT_REPORT.load.options, ...options } },
  });
}

/** Another run, for which nothing stands against being compared. */
const OTHER = changedReport({ run: { ...EXACT_REPORT.run, id: 'efgh5678' } });

const refuse = (first: Report, other: Report) => () => refuseComparison(first, 'a.json', other, 'b.json');

describe('refuseComparison', () => {
  it('lets two runs of a generated load be compared', () => {
    expect(refuse(EXACT_REPORT, OTHER)).not.toThrow();
    expect(refuse(EXACT_REPORT, withLoad({ duration: 61_000 }))).not.toThrow();
  });

  it.each<[why: string, other: Report]>([
    ['its counts were not exact, so none of its figures means anything', changedReport({ exact: false })],
    [
      'it replayed a log: expected a generated load, whose rate and keys are known',
      changedReport({ experiment: 'replay' }),
    ],
    ['its events were of the past (--event-start): expected events of its own time', withLoad({ eventStart: -1_000 })],
    [
      'its records were partitioned by host (--partition-by), of which the model knows nothing: expected spread keys',
      withLoad({ partitionBy: 'host' }),
    ],
    ['some of its events came late (--late-share), which the model leaves out', withLoad({ lateShare: 0.1 })],
    ['some of its lines were malformed (--malformed), which the model leaves out', withLoad({ malformed: 0.1 })],
    [
      'environments were killed in it (--chaos), which the model leaves out',
      changedReport({ faults: [{ atMs: 0, functionName: 'f', busy: true }] }),
    ],
    [
      'its load of 4 s is shorter than its window of 5 s: expected a whole window at least',
      withLoad({}, { measuredMs: 4_000 }),
    ],
    [
      'its scenario.leastShards is null: expected a number',
      changedReport({ scenario: { ...EXACT_REPORT.scenario, leastShards: null as never } }),
    ],
  ])('refuses the other one where %s', (why, other) => {
    expect(refuse(EXACT_REPORT, other)).toThrow(new UsageError(`Can't compare with --against 'b.json': ${why}`));
  });

  it('refuses the very report that the model is of, under whatever name', () => {
    expect(refuse(EXACT_REPORT, { ...EXACT_REPORT })).toThrow(
      new UsageError(
        "Can't compare with --against 'b.json': it is the same report as --report 'a.json', which its model was fitted to: expected another run's",
      ),
    );
  });

  it('refuses a first one whose model lacks a figure', () => {
    const { model } = EXACT_REPORT;
    const parameters = { ...model.parameters, cpuFactor: null as never };
    expect(refuse(changedReport({ model: { ...model, parameters } }), EXACT_REPORT)).toThrow(
      new UsageError(
        "Can't predict from --report 'a.json': its model.parameters.cpuFactor is null: expected a number; run the benchmark again",
      ),
    );
  });

  it('refuses a first one without any fit, and takes one with half of it', () => {
    const { model } = EXACT_REPORT;
    const none = { ...model.fits.microBatch, cpu: null, whyNot: 'only 3 warm invocations, at least 12 are needed' };
    const unfitted = changedReport({ model: { ...model, fits: { microBatch: none, scheduledBatch: none } } });
    expect(refuse(unfitted, EXACT_REPORT)).toThrow(
      new UsageError(
        "Can't predict from --report 'a.json': nothing was fitted in it (only 3 warm invocations, at least 12 are needed): run the benchmark with drains",
      ),
    );
    const half = changedReport({ model: { ...model, fits: { ...model.fits, microBatch: none } } });
    expect(refuse(half, OTHER)).not.toThrow();
  });
});
