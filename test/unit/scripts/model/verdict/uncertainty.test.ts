import { describe, expect, it } from 'vitest';
import { type Model, STANDARD_MODEL } from '#model/model.ts';
import { type ModelParameters, PARAMETERS, type ParameterName } from '#model/parameters.ts';
import { type Differ, estimateBand, type MovedInput, moveInputs, reachesZero } from '#model/verdict/uncertainty.ts';

/** Parameters that are told apart by one figure. */
const withResume = (resumeSeconds: number): ModelParameters => ({ ...STANDARD_MODEL.parameters, resumeSeconds });
const differ: Differ = ({ resumeSeconds }) => resumeSeconds;
const moving = (low: number, high: number): MovedInput => ({
  low: withResume(low),
  high: withResume(high),
});

/** The parameters that an input moves, of those that are not 0. */
const namesOf = ({ low, high }: MovedInput): string[] =>
  Object.keys(low).filter((name) => low[name as ParameterName] !== high[name as ParameterName]);

describe('estimateBand', () => {
  it('adds inputs that know nothing of each other in quadrature', () => {
    // ±3 and ±4 about 10: ±5
    expect(estimateBand(10, [moving(7, 13), moving(6, 14)], differ)).toEqual({ lowUsd: 5, highUsd: 15 });
  });

  it('takes each side for itself, whichever end of the input leads there', () => {
    // the first moves it by −3 at its upper end, and by nothing at its lower: −3 and 0; the second by +4 only
    expect(estimateBand(10, [moving(10, 7), moving(14, 10)], differ)).toEqual({ lowUsd: 7, highUsd: 14 });
  });

  it('counts an input once that moves it to the same side from both ends', () => {
    expect(estimateBand(10, [moving(13, 12)], differ)).toEqual({ lowUsd: 10, highUsd: 13 });
  });

  it('is the difference itself where everything is known', () => {
    expect(estimateBand(-2, [], differ)).toEqual({ lowUsd: -2, highUsd: -2 });
  });
});

describe('reachesZero', () => {
  it.each([
    ['short of it', [moving(2, 10), moving(9, 10)], false], // −8 and −1: √65 of 10
    ['by none alone, but together', [moving(4, 10), moving(10, 2)], true], // −6 and −8: 10 of 10
    ['not by what moves it up', [moving(30, 10), moving(10, 30)], false],
    ['not where everything is known', [], false],
  ])('%s', (_, moved, reached) => {
    expect(reachesZero(10, moved, differ)).toBe(reached);
  });

  it('at or below 0, whatever is not known', () => {
    expect([reachesZero(0, [], differ), reachesZero(-1, [moving(9, 9)], differ)]).toEqual([true, true]);
  });

  it('asks no more once it knows', () => {
    const asked: number[] = [];
    reachesZero(10, [moving(0, 10), moving(1, 10)], ({ resumeSeconds }) => {
      asked.push(resumeSeconds);
      return resumeSeconds;
    });
    expect(asked).toEqual([0, 10]);
  });
});

describe('moveInputs', () => {
  const movesHandlers = (input: MovedInput): boolean => namesOf(input).some((name) => /BatchCpuMs/.test(name));
  const movesDatabase = (input: MovedInput): boolean => namesOf(input).some((name) => name.startsWith('databaseMs'));

  it('moves each parameter that has a band by its factors, and no other', () => {
    const banded = Object.entries(PARAMETERS).filter(([, each]) => each.low !== undefined || each.high !== undefined);
    const moved = moveInputs(STANDARD_MODEL);
    expect(moved.map(namesOf)).toEqual(banded.map(([name]) => [name]));
    expect(banded.length).toBeGreaterThan(5);
    const factor = moved.find((input) => namesOf(input).includes('cpuFactor'));
    expect(factor?.low).toEqual({ ...STANDARD_MODEL.parameters, cpuFactor: 0.7 });
    expect(factor?.high).toEqual({ ...STANDARD_MODEL.parameters, cpuFactor: 1.5 });
  });

  it('does not move what was fitted by the range that it had before', () => {
    const origins = { ...STANDARD_MODEL.origins, cpuFactor: 'fitted' } as const;
    const moved = (model: Model): string[] => moveInputs(model).flatMap(namesOf);
    expect(moved({ ...STANDARD_MODEL, origins })).toEqual(moved(STANDARD_MODEL).filter((name) => name !== 'cpuFactor'));
  });

  it('moves what was fitted by the error of its fit, all of a path at once', () => {
    const model: Model = { ...STANDARD_MODEL, cpuError: { microBatch: 0.1, scheduledBatch: null } };
    const fitted = moveInputs(model).filter(movesHandlers);
    expect(fitted.map(namesOf)).toEqual([['microBatchCpuMs', 'microBatchCpuMsPerEvent', 'microBatchCpuMsPerRecord']]);
    const { microBatchCpuMs, microBatchCpuMsPerEvent, scheduledBatchCpuMs } = model.parameters;
    expect(fitted[0]?.high.microBatchCpuMs).toBeCloseTo(1.1 * microBatchCpuMs, 12);
    expect(fitted[0]?.low.microBatchCpuMsPerEvent).toBeCloseTo(0.9 * microBatchCpuMsPerEvent, 12);
    expect(fitted[0]?.high.scheduledBatchCpuMs).toBe(scheduledBatchCpuMs);
  });

  describe('of the time in the database', () => {
    const fittedTo = (...names: ParameterName[]): Model => ({
      ...STANDARD_MODEL,
      origins: { ...STANDARD_MODEL.origins, ...Object.fromEntries(names.map((name) => [name, 'fitted'])) },
      databaseError: 0.2,
    });
    const { databaseMs, databaseMsPerFreshRow, databaseMsPerUpdatedRow } = STANDARD_MODEL.parameters;

    it('moves what was fitted by the error of that fit, all at once, and no more by its range', () => {
      const moved = moveInputs(fittedTo('databaseMs', 'databaseMsPerFreshRow', 'databaseMsPerUpdatedRow'));
      const ofDatabase = moved.filter(movesDatabase);
      expect(ofDatabase.map(namesOf)).toEqual([['databaseMs', 'databaseMsPerFreshRow', 'databaseMsPerUpdatedRow']]);
      expect(ofDatabase[0]?.low.databaseMs).toBeCloseTo(0.8 * databaseMs, 12);
      expect(ofDatabase[0]?.high.databaseMs).toBeCloseTo(1.2 * databaseMs, 12);
      expect(ofDatabase[0]?.high.databaseMsPerFreshRow).toBeCloseTo(1.2 * databaseMsPerFreshRow, 12);
      expect(ofDatabase[0]?.high.databaseMsPerUpdatedRow).toBeCloseTo(1.2 * databaseMsPerUpdatedRow, 12);
    });

    it('moves rows of a kind that no invocation wrote by their range', () => {
      const moved = moveInputs(fittedTo('databaseMs', 'databaseMsPerFreshRow'));
      const ofDatabase = moved.filter(movesDatabase);
      expect(ofDatabase.map(namesOf)).toEqual([['databaseMsPerUpdatedRow'], ['databaseMs', 'databaseMsPerFreshRow']]);
      expect(ofDatabase[1]?.high.databaseMsPerUpdatedRow).toBe(databaseMsPerUpdatedRow);
    });

    it('moves nothing by an error of what was not fitted', () => {
      expect(moveInputs(fittedTo())).toEqual(moveInputs(STANDARD_MODEL));
    });
  });

  it('moves INIT by its range until it was fitted, and then by how far it was off', () => {
    const endsOf = (model: Model): (number | undefined)[] => {
      const ofInit = moveInputs(model).filter((input) => namesOf(input).includes('initMs'));
      return ofInit.flatMap(({ low, high }) => [low.initMs, high.initMs]);
    };
    expect(endsOf(STANDARD_MODEL)).toEqual([250, 1_000]);
    const parameters = { ...STANDARD_MODEL.parameters, initMs: 400 };
    const origins = { ...STANDARD_MODEL.origins, initMs: 'fitted' } as const;
    expect(endsOf({ ...STANDARD_MODEL, parameters, origins, initError: 0.25 })).toEqual([300, 500]);
  });

  it('takes no CPU below nothing, however bad its fit', () => {
    const model: Model = { ...STANDARD_MODEL, cpuError: { microBatch: 3, scheduledBatch: 0 } };
    const fitted = moveInputs(model).filter(movesHandlers);
    expect(fitted).toHaveLength(1);
    expect(fitted[0]?.low.microBatchCpuMs).toBe(0);
  });
});
