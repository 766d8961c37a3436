import { describe, expect, it } from 'vitest';
import { predictMs } from '#model/fit/coefficients.ts';
import { fitModel } from '#model/fit/fit-model.ts';
import type { Sample } from '#model/fit/samples.ts';
import { PARAMETERS, type ParameterName, STANDARD } from '#model/parameters.ts';
import { tabulateRows } from '#model/workload/keys.ts';
import { GENERATED_KEYS } from '#model/workload/workload.ts';
import { simulateLedger } from './simulated-ledger.ts';

const MICRO = { ms: 0.2, msPerEvent: 0.003, msPerRecord: 0.002, msPerFreshRow: 0.004, msPerUpdatedRow: 0.005 };
const BATCH = { ms: 40, msPerEvent: 0.008, msPerRecord: 0.001, msPerFreshRow: 0.002, msPerUpdatedRow: 0.003 };
const MICRO_SAMPLES = simulateLedger({ count: 30, seed: 1, truth: MICRO });
const BATCH_SAMPLES = simulateLedger({ count: 20, seed: 2, truth: BATCH });

const FITTED_TO_MICRO: ParameterName[] = [
  'microBatchCpuMs',
  'microBatchCpuMsPerEvent',
  'microBatchCpuMsPerRecord',
  'microBatchCpuMsPerFreshRow',
  'microBatchCpuMsPerUpdatedRow',
];

const COUNT_ROWS = tabulateRows(GENERATED_KEYS);

/** Cold invocations that took so much longer than warm ones would have. */
function coldSamples(truth: typeof MICRO, ...extraMs: number[]): Sample[] {
  return simulateLedger({ count: extraMs.length, seed: 3, truth }).map((sample, i) => ({
    ...sample,
    cold: true,
    cpuMs: predictMs(truth, sample) + (extraMs[i] ?? 0),
  }));
}

function modelOf(microBatch: readonly Sample[], scheduledBatch: readonly Sample[], onAws = false) {
  return fitModel({ microBatch, scheduledBatch }, COUNT_ROWS, onAws);
}

function originsNamed(origin: string, { origins }: ReturnType<typeof modelOf>): string[] {
  return Object.entries(origins).flatMap(([name, of]) => (of === origin ? [name] : []));
}

describe('fitModel', () => {
  it("puts each path's coefficients in the place of the standard ones", () => {
    const { parameters, fits, fittedEvents, fittedRecords, fittedRows, cpuError } = modelOf(
      MICRO_SAMPLES,
      BATCH_SAMPLES,
    );
    expect(parameters.microBatchCpuMs).toBeCloseTo(0.2, 6);
    expect(parameters.microBatchCpuMsPerEvent).toBeCloseTo(0.003, 6);
    expect(parameters.microBatchCpuMsPerRecord).toBeCloseTo(0.002, 6);
    expect(parameters.microBatchCpuMsPerFreshRow).toBeCloseTo(0.004, 6);
    expect(parameters.microBatchCpuMsPerUpdatedRow).toBeCloseTo(0.005, 6);
    expect(parameters.scheduledBatchCpuMs).toBeCloseTo(40, 6);
    expect(parameters.scheduledBatchCpuMsPerUpdatedRow).toBeCloseTo(0.003, 6);
    expect(fits.microBatch.whyNot).toBeNull();
    expect(fits.scheduledBatch.cpu?.samples).toBe(20);
    expect(fittedEvents.microBatch).toBe(Math.max(...MICRO_SAMPLES.map(({ events }) => events)));
    expect(fittedRecords.microBatch).toBe(Math.max(...MICRO_SAMPLES.map(({ records }) => records)));
    expect(fittedRows.microBatch).toBe(
      Math.max(...MICRO_SAMPLES.map(({ rowsFresh, rowsUpdated }) => rowsFresh + rowsUpdated)),
    );
    expect(cpuError.microBatch).toBeCloseTo(0, 9);
  });

  it('keeps value and origin of all that it could not fit, and says why', () => {
    const model = modelOf(MICRO_SAMPLES, BATCH_SAMPLES.slice(0, 3));
    expect(originsNamed('fitted', model)).toEqual(FITTED_TO_MICRO);
    for (const [name, { value, origin }] of Object.entries(PARAMETERS)) {
      if (FITTED_TO_MICRO.includes(name as ParameterName)) continue;
      expect(model.parameters).toHaveProperty(name, value);
      expect(model.origins).toHaveProperty(name, origin);
    }
    expect(model.fits.scheduledBatch).toMatchObject({
      cpu: null,
      whyNot: 'only 3 warm invocations, at least 12 are needed',
    });
    expect(model.cpuError.scheduledBatch).toBeNull();
    expect(model.fittedEvents.scheduledBatch).toBeNull();
    expect(model.fittedRecords.scheduledBatch).toBeNull();
    expect(model.fittedRows.scheduledBatch).toBeNull();
  });

  it('takes the greater of the median error and of the total one, which a month would have', () => {
    // One alone updates rows, which takes most of its time: the fit that has not seen it is far off it, and near all others.
    const plain = Array.from({ length: 12 }, (_, i): Sample => {
      const size = { events: 1_000 + 250 * i, records: 0, rowsFresh: 0, rowsUpdated: 0 };
      return { ...size, cold: false, cpuMs: 10 + 2.5 * i, databaseWaitMs: 1, windows: null };
    });
    const alone: Sample = { ...plain[0], events: 1_000, rowsUpdated: 1_000, cpuMs: 110 } as Sample;
    const { cpuError, fits } = modelOf([...plain, alone], []);
    expect(fits.microBatch.cpu?.heldOut.total).toBeGreaterThan(fits.microBatch.cpu?.heldOut.median ?? 1);
    expect(cpuError.microBatch).toBe(fits.microBatch.cpu?.heldOut.total);
  });

  describe('the price of a cold start', () => {
    it("is the median of what the batch's cold invocations took beyond a warm one", () => {
      const cold = coldSamples(BATCH, 90, 300, 100);
      const model = modelOf([...MICRO_SAMPLES, ...coldSamples(MICRO, 7)], [...BATCH_SAMPLES, ...cold]);
      expect(model.parameters.coldCpuMs).toBeCloseTo(100, 6);
      expect(model.origins.coldCpuMs).toBe('fitted');
    });

    it('is the mean of the middle two of an even number', () => {
      const cold = coldSamples(BATCH, 90, 300, 100, 110);
      expect(modelOf(MICRO_SAMPLES, [...BATCH_SAMPLES, ...cold]).parameters.coldCpuMs).toBeCloseTo(105, 6);
    });

    it("is the micro-batch path's where the batch never started cold", () => {
      expect(modelOf([...MICRO_SAMPLES, ...coldSamples(MICRO, 7)], BATCH_SAMPLES).parameters.coldCpuMs).toBeCloseTo(
        7,
        6,
      );
    });

    it('is never below 0', () => {
      expect(modelOf(MICRO_SAMPLES, [...BATCH_SAMPLES, ...coldSamples(BATCH, -20)]).parameters.coldCpuMs).toBe(0);
    });

    it('stays as it was without a cold invocation, or a fit to set it beside', () => {
      expect(modelOf(MICRO_SAMPLES, BATCH_SAMPLES).parameters.coldCpuMs).toBe(STANDARD.coldCpuMs);
      const model = modelOf([], coldSamples(BATCH, 90, 300, 100));
      expect(model.parameters.coldCpuMs).toBe(STANDARD.coldCpuMs);
      expect(model.origins.coldCpuMs).toBe('measured');
    });
  });

  describe('the wait for the database', () => {
    it('is shown wherever it ran, and priced nowhere but on AWS', () => {
      const model = modelOf(MICRO_SAMPLES, BATCH_SAMPLES);
      expect(model.fits.microBatch.databaseWait?.ms).toBeCloseTo(4, 6);
      expect(model.parameters.databaseMs).toBe(STANDARD.databaseMs);
      expect(model.parameters.databaseMsPerFreshRow).toBe(STANDARD.databaseMsPerFreshRow);
      expect(model.parameters.databaseMsPerUpdatedRow).toBe(STANDARD.databaseMsPerUpdatedRow);
      expect(model.origins.databaseMs).toBe('assumed');
      expect(model.databaseError).toBeNull();
    });

    it('is taken over from AWS, fresh and updated rows apart', () => {
      // 3 ms, 0.01 a fresh row, 0.03 an updated one, of which there are as many: 30 numbers from 0 to 29, in two orders.
      const waits = MICRO_SAMPLES.map((sample, i) => {
        const [rowsFresh, rowsUpdated] = [100 * i, 100 * ((i * 7) % 30)];
        return { ...sample, rowsFresh, rowsUpdated, databaseWaitMs: 3 + 0.01 * rowsFresh + 0.03 * rowsUpdated };
      });
      const model = modelOf(waits, [], true);
      expect(model.parameters.databaseMs).toBeCloseTo(3, 6);
      expect(model.parameters.databaseMsPerFreshRow).toBeCloseTo(0.01, 6);
      expect(model.parameters.databaseMsPerUpdatedRow).toBeCloseTo(0.03, 6);
      expect(model.origins.databaseMsPerUpdatedRow).toBe('fitted');
      expect(model.databaseError).toBeCloseTo(0, 9);
    });

    it('from AWS comes with the error on what its fit had not seen, the greater of median and total', () => {
      // 3 ms, and each tenth 30: in the mean 171 / 30 = 5.7 ms, which is 2.7 too much for 27 of 30 and right for all together.
      const waits = MICRO_SAMPLES.map((sample, i) => ({ ...sample, databaseWaitMs: i % 10 === 9 ? 30 : 3 }));
      const { databaseError, fits } = modelOf(waits, [], true);
      expect(fits.microBatch.databaseWait?.heldOut).toMatchObject({
        median: expect.closeTo(0.9, 3),
        total: expect.closeTo(0, 3),
        count: 30,
      });
      expect(databaseError).toBeCloseTo(0.9, 3);
    });

    it('has no error where it could not be fitted', () => {
      expect(modelOf([], BATCH_SAMPLES, true).databaseError).toBeNull();
    });

    it('leaves rows of a kind that no invocation wrote as they were', () => {
      const waits = MICRO_SAMPLES.map((sample, i) => {
        return { ...sample, rowsFresh: 100 * i, rowsUpdated: 0, databaseWaitMs: 3 + i };
      });
      const { parameters, origins } = modelOf(waits, [], true);
      expect(parameters.databaseMsPerFreshRow).toBeCloseTo(0.01, 6);
      expect(parameters.databaseMsPerUpdatedRow).toBe(STANDARD.databaseMsPerUpdatedRow);
      expect(origins.databaseMsPerUpdatedRow).toBe('assumed');
    });
  });

  describe('the factor of Lambda’s CPU', () => {
    it('is 1 for sure once both paths were measured on Lambda', () => {
      const model = modelOf(MICRO_SAMPLES, BATCH_SAMPLES, true);
      expect(model.parameters.cpuFactor).toBe(1);
      expect(model.origins.cpuFactor).toBe('fitted');
    });

    it('stays an assumption where one of them was not, or elsewhere', () => {
      expect(modelOf(MICRO_SAMPLES, [], true).origins.cpuFactor).toBe('assumed');
      expect(modelOf(MICRO_SAMPLES, BATCH_SAMPLES).origins.cpuFactor).toBe('assumed');
    });
  });

  describe('INIT', () => {
    const NONE = { microBatch: [], scheduledBatch: [] };
    const initsMs = { microBatch: [], scheduledBatch: [400, 700, 600] };

    it('is taken over from AWS with the error on what its median had not seen', () => {
      const model = fitModel(NONE, null, true, { initsMs });
      expect(model.parameters.initMs).toBe(600);
      expect(model.origins.initMs).toBe('fitted');
      // 400 from 650: off by 62.5 %; 700 from 500: by 28.6 %; 600 from 550: by 8.3 %.
      expect(model.initError).toBeCloseTo(2 / 7, 12);
    });

    it('of another place than AWS is never priced', () => {
      const { parameters, origins, initError } = fitModel(NONE, null, false, { initsMs });
      expect([parameters.initMs, origins.initMs, initError]).toEqual([STANDARD.initMs, 'assumed', null]);
    });

    it('stays an assumption with its range where there were too few cold starts', () => {
      const few = { microBatch: [400], scheduledBatch: [500] };
      const { parameters, origins, initError } = fitModel(NONE, null, true, { initsMs: few });
      expect([parameters.initMs, origins.initMs, initError]).toEqual([STANDARD.initMs, 'assumed', null]);
    });
  });

  it('compares rows of invocations beside those that it fits, too', () => {
    const [first] = MICRO_SAMPLES;
    if (first === undefined) throw new Error('no samples');
    const rows = Math.round(COUNT_ROWS(500));
    const inOneWindow: Sample = { ...first, events: 500, rowsFresh: rows, rowsUpdated: 0, windows: [500], cpuMs: 1e6 };
    const samples = { microBatch: MICRO_SAMPLES, scheduledBatch: BATCH_SAMPLES };
    const besides = { microBatch: [inOneWindow], scheduledBatch: [] };
    const model = fitModel(samples, COUNT_ROWS, false, { samples: besides });
    expect(model.fits.microBatch.rows).toMatchObject({ median: expect.closeTo(0, 2), count: 1 });
    expect(model.fits.scheduledBatch.rows).toBeNull();
    expect(model.parameters).toEqual(modelOf(MICRO_SAMPLES, BATCH_SAMPLES).parameters);
  });

  it('has nothing to say of a path without an invocation, nor of keys that nobody knows', () => {
    const model = fitModel({ microBatch: [], scheduledBatch: [] }, null, false);
    expect(model.parameters).toEqual(STANDARD);
    expect(originsNamed('fitted', model)).toEqual([]);
    expect(model.fits.microBatch).toEqual({
      cpu: null,
      whyNot: 'only 0 warm invocations, at least 12 are needed',
      databaseWait: null,
      rows: null,
    });
  });
});
