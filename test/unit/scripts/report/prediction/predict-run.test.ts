import { describe, expect, it } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import { predictRun } from '#report/prediction/predict-run.ts';
import { predictReport } from '#report/prediction/predictions.ts';
import { changedReport, EXACT_REPORT } from '#test/support/report.ts';
import { UsageError } from '#text/usage-error.ts';

function withLoad(options: Record<string, unknown>, load: Partial<Report['load']> = {}): Report {
  return changedReport({
    load: { ...EXACT_REPORT.load, ...load, options: { ...EXACT_REPORT.load.options, ...options } },
  });
}

/** Another run, for which nothing stands against being compared. */
const OTHER = changedReport({ run: { ...EXACT_REPORT.run, id: 'efgh5678' } });

const predict = (first: Report, other: Report) =>
  predictRun({ file: 'a.json', report: first }, { file: 'b.json', report: other });
const refuse = (first: Report, other: Report) => () => predict(first, other);

describe('predictRun', () => {
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
      'its scenario.leastShards is null: expected a number, 1 to 1000000000',
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
        "Can't predict from --report 'a.json': its model.parameters.cpuFactor is null: expected a number, 0 to 1000000000000; run the benchmark again",
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

  const { machine, target } = EXACT_REPORT;
  const AWAY = { target: { ...target, name: 'aws', region: 'us-east-1' } } as const;

  it('leaves nothing out on a machine of the same kind, its version of Node and a little memory aside', () => {
    const other = changedReport({ machine: { ...machine, node: '99.0.0', memoryMb: machine.memoryMb * 1.04 } });
    const predictions = predictReport(EXACT_REPORT.model.parameters, other);
    expect(predict(EXACT_REPORT, other)).toEqual({ first: EXACT_REPORT, other, predictions, leftOut: null });
  });

  it.each([
    [{ machine: { ...machine, cpus: 8 } }, 'CPU, measured on other machines (cpus 2 and 8)'],
    [AWAY, 'CPU, measured at other targets (target embedded and aws; region none and us-east-1)'],
  ])('leaves all CPU and nothing else out of what was measured elsewhere: %#', (changes, leftOut) => {
    const figuresOf = (other: Report) => new Set(predict(EXACT_REPORT, other).predictions.map(({ figure }) => figure));
    const other = changedReport(changes);
    expect(predict(EXACT_REPORT, other).leftOut).toBe(leftOut);
    expect([...figuresOf(OTHER)].filter((figure) => !figuresOf(other).has(figure))).toEqual([
      'CPU per invocation',
      'CPU per event',
      'CPU, warm',
      'CPU, cold',
      'CPU, catching up',
    ]);
  });

  it('leaves nothing out between two runs on AWS, whatever machine sent', () => {
    const other = changedReport({ ...AWAY, machine: { ...machine, cpus: 8 } });
    expect(predict(changedReport(AWAY), other).leftOut).toBeNull();
  });
});
