import { describe, expect, it } from 'vitest';
import { type Model, STANDARD_MODEL } from '#model/model.ts';
import { PRICES } from '#model/prices/price-table.ts';
import type { Extrapolated } from '#model/verdict/choice.ts';
import { createScenario, prepareScenario, type Scenario } from '#model/verdict/scenario.ts';
import { judgeWindow, type WindowVerdict } from '#model/verdict/verdict.ts';
import { listWarnings as findWarnings } from '#model/verdict/warnings.ts';
import type { MeasuredKeys } from '#model/workload/keys.ts';
import { sayWarning } from '#report/words/warning.ts';
import { batchChoice, impossible, judged, streamChoice } from '#test/unit/scripts/model/verdict/choices.ts';

const SCENARIO = createScenario();
const READ = { ...SCENARIO, deployment: { ...SCENARIO.deployment, readHoursPerDay: 8 } };
const FITTED: Model = { ...STANDARD_MODEL, cpuError: { microBatch: 0.05, scheduledBatch: 0.04 } };

const listWarnings = (...given: Parameters<typeof findWarnings>): string[] => findWarnings(...given).map(sayWarning);

describe('sayWarning', () => {
  it('is empty where all is fitted, near and possible', () => {
    const near = [
      judged(
        streamChoice({ extrapolation: 10, extrapolatedIn: 'events' }),
        batchChoice({ extrapolation: 9.9, extrapolatedIn: 'rows' }),
      ),
    ];
    expect(listWarnings(FITTED, prepareScenario(READ), near)).toEqual([]);
  });

  it('names the windows at which a path is impossible, with the first one’s limit', () => {
    const windows = [
      judged(streamChoice(), batchChoice(), 300),
      judged(streamChoice(), impossible(batchChoice()), 43_200),
      judged(impossible(streamChoice()), impossible(batchChoice()), 86_400),
    ];
    expect(listWarnings(FITTED, prepareScenario(READ), windows)).toEqual([
      'At 12 hours, 1 day batch is impossible: 1 shard is filled to 200 %.',
      'At 1 day streaming is impossible: 1 shard is filled to 200 %.',
    ]);
  });

  it('says where only a database that sleeps, since nobody reads, decides for the batch', () => {
    const told = (scenario: Scenario): string[] =>
      listWarnings(FITTED, prepareScenario(scenario), [
        judgeWindow(FITTED, prepareScenario(scenario), 300),
        judgeWindow(FITTED, prepareScenario(scenario), 3_600),
      ]);
    expect(told(SCENARIO)).toEqual([
      expect.stringMatching(
        /^At 1 hour batch is better only because its database sleeps\. A reader who polls would keep it awake/,
      ),
    ]);
    expect(told(READ)).toEqual([]);
    // There batch is better as well, but not for its rest.
    expect(told({ ...SCENARIO, deployment: { ...SCENARIO.deployment, regime: 'shared' } })).toEqual([]);
  });

  it('says how far beyond what was fitted the farthest one is, in events, records and rows', () => {
    const far = (extrapolation: number, extrapolatedIn: Extrapolated) =>
      batchChoice({
        extrapolation,
        extrapolatedIn,
        eventsPerInvocation: 3_600_000,
        recordsPerInvocation: 50_000,
        rowsPerInvocation: 240_000,
      });
    const windows = [
      judged(streamChoice(), far(2, 'events'), 300),
      judged(streamChoice(), far(40, 'rows'), 900),
      judged(streamChoice(), { ...far(12, 'events'), eventsPerInvocation: 1_800_000 }, 3_600),
      judged(streamChoice(), far(24.2, 'events'), 7_200),
      judged(streamChoice(), far(11, 'records'), 14_400),
    ];
    expect(listWarnings(FITTED, prepareScenario(READ), windows)).toEqual([
      'At 1 hour, 2 hours batches are extrapolated: up to 3,600,000 events each, 24 times the most that was fitted.',
      'At 4 hours batches are extrapolated: up to 50,000 records each, 11 times the most that was fitted.',
      'At 15 minutes batches are extrapolated: up to 240,000 rows each, 40 times the most that was fitted.',
    ]);
  });

  it.each([
    [null, 0.1, 'micro-batches'],
    [0.1, null, 'batches'],
    [null, null, 'micro-batches and batches'],
  ])('says what has no fit: %s and %s', (microBatch, scheduledBatch, names) => {
    const model: Model = { ...STANDARD_MODEL, cpuError: { microBatch, scheduledBatch } };
    expect(listWarnings(model, prepareScenario(READ), [])).toEqual([
      `The CPU of ${names} was not fitted: it is an earlier measurement of the project, and the error does not include it.`,
    ]);
  });

  it('names the windows that take more memory than is deployed, and what would be wrong with that', () => {
    // 500 events/s × 1.5 ms × 1,769 / 1,024: 1.3 s of CPU a second
    const parameters = { ...STANDARD_MODEL.parameters, scheduledBatchCpuMsPerEvent: 1.5 };
    const scenario = { ...READ, workload: { ...READ.workload, eventsPerSecond: 500 } };
    const more = batchChoice({ memoryMb: 1_769, memoryRaised: true });
    const windows = [judged(streamChoice(), more, 300), judged(streamChoice(), more, 3_600)];
    expect(listWarnings({ ...FITTED, parameters }, prepareScenario(scenario), windows)).toEqual([
      expect.stringMatching(
        /^At 5 minutes, 1 hour batch is priced with functions of 1,769 MB\. The deployed 1,024 MB are too little: a run takes .* it falls behind for good; with a whole core \(1,769 MB\), .*\.$/,
      ),
    ]);
  });

  describe('of prices that only a third party names', () => {
    const SHARED: Scenario = { ...READ, deployment: { ...READ.deployment, regime: 'shared' } };
    const MONTH_HOURS = 730;
    /** One shard that is kept for longer than 24 h, for a batch that has to find what the run before it was for. */
    const KEPT_USD = 0.02 * MONTH_HOURS;
    const at = (windowSeconds: number, differenceUsd: number, given: Partial<WindowVerdict> = {}): WindowVerdict => ({
      ...judged(streamChoice(), batchChoice({ objectiveUsd: 60 + differenceUsd }), windowSeconds),
      ...given,
    });
    const told = (...windows: WindowVerdict[]): string[] => listWarnings(FITTED, prepareScenario(SHARED), windows);
    const DAY = 86_400;

    it('says up to how much of the difference hangs on them, where, and which they are', () => {
      // 14.60 of 20 and of −58.40 USD; at 6 hours two runs are within the 24.
      expect(told(at(21_600, 20), at(43_200, -4 * KEPT_USD), at(DAY, 20))).toEqual([
        'At 12 hours, 1 day up to 73 % of the difference depends on prices from third parties only (Stream: kept beyond 24 h). The error does not include them: check them.',
      ]);
    });

    it('names each that is more than a twentieth, and none that is less', () => {
      // Each minute a tick at 1 USD a million, and the secret read at 0.05 USD in 10,000: 0.0438 and 0.219 USD.
      expect(told(at(60, 0.8))).toEqual([
        expect.stringContaining(
          'up to 27 % of the difference depends on prices from third parties only (Scheduled batch: schedule, ',
        ),
      ]);
      expect(told(at(60, 0.9))).toEqual([expect.stringContaining('only (Scheduled batch: reading the secret)')]);
      expect(told(at(60, 4.5))).toEqual([]);
    });

    it('is silent where they decide nothing: within the error, or with one path impossible', () => {
      expect(told(at(DAY, 20, { lowUsd: -1 }), at(DAY, -20, { highUsd: 1 }))).toEqual([]);
      const stuck = told(at(DAY, 20, { batch: { ...impossible(batchChoice()), windowSeconds: DAY } }));
      expect(stuck).toEqual([expect.stringMatching(/^At 1 day batch is impossible/)]);
    });

    it('is silent once they were checked', () => {
      const price = { ...PRICES['kinesis-retention-shard-hour'], grade: 'A' as const };
      const prices = { ...PRICES, 'kinesis-retention-shard-hour': price };
      expect(listWarnings({ ...FITTED, prices }, prepareScenario(SHARED), [at(DAY, 20)])).toEqual([]);
    });

    it('takes what both pay for no difference', () => {
      const kept = { ...SHARED, deployment: { ...SHARED.deployment, retentionHours: 72 } };
      expect(listWarnings(FITTED, prepareScenario(kept), [at(DAY, 20)])).toEqual([]);
    });
  });

  it('says where keys of a log are carried to windows of far more events', () => {
    const keys: MeasuredKeys = {
      kind: 'measured',
      hosts: 10,
      byHost: [{ probability: 0.1, keys: 10 }],
      bySource: [{ probability: 0.1, keys: 10 }],
      events: 6_000,
    };
    // 100 events/s: 6,000 a minute, 60,000 in 10, 360,000 an hour
    const carried = (windowsSeconds: number[], events = 6_000): string[] =>
      listWarnings(
        FITTED,
        prepareScenario({
          ...READ,
          workload: { ...READ.workload, eventsPerSecond: 100, keys: { ...keys, events } },
          windowsSeconds,
        }),
        [],
      );
    expect(carried([60, 600])).toEqual([]);
    expect(carried([60, 600, 1_200, 3_600])).toEqual([
      'At 20 minutes, 1 hour the keys are extrapolated: up to 360,000 events a window, 60 times the 6,000 events they were read from.',
    ]);
    expect(carried([3_600], 36_000)).toEqual([]);
  });
});
