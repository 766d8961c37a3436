import { describe, expect, it } from 'vitest';
import { nameOf, type PhaseOptions, planPhases } from '#bench/experiments/phases/plan-phases.ts';

const MINUTE = 60_000;

const OPTIONS: PhaseOptions = {
  input: undefined,
  repeat: 1,
  calibrate: true,
  windows: [MINUTE, 5 * MINUTE],
  batchingWindows: [],
  rate: 500,
  duration: MINUTE,
  maxEvents: 2_000_000,
};

const namesOf = (options: Partial<PhaseOptions>): string[] =>
  planPhases({ ...OPTIONS, ...options }).phases.map((phase) => nameOf(phase));

describe('planPhases', () => {
  it('begins with the live run then fits the model, then drains', () => {
    expect(namesOf({})).toEqual(['live run', 'calibration', 'drain of 1 minute', 'drain of 5 minutes']);
    expect(planPhases(OPTIONS).modelled).toEqual([]);
  });

  it('goes by rising windows and rising batching windows, whatever the order in which they were given', () => {
    const options = { windows: [60 * MINUTE, MINUTE], batchingWindows: [10_000, 0], repeat: 2 };
    expect(namesOf(options)).toEqual([
      'live run 1 of 2',
      'live run 2 of 2',
      'calibration',
      'drain of 1 minute',
      'drain of 1 hour',
      'batching window of 0 seconds',
      'batching window of 10 seconds',
    ]);
  });

  it('is the live run alone where nothing else was asked for', () => {
    expect(namesOf({ windows: [], calibrate: false })).toEqual(['live run']);
  });

  it('replays a log in place of the live run', () => {
    expect(namesOf({ input: 'access.log', windows: [], repeat: 2 })).toEqual([
      'replay of the log 1 of 2',
      'replay of the log 2 of 2',
      'calibration',
    ]);
  });

  it('leaves to the model what takes more events than it may, and says how many they are', () => {
    const plan = planPhases({ ...OPTIONS, windows: [MINUTE, 2 * MINUTE], rate: 100, maxEvents: 11_999 });
    expect(plan.phases.map(nameOf)).toEqual(['live run', 'calibration', 'drain of 1 minute']);
    expect(plan.modelled).toEqual([
      { what: 'drain of 2 minutes', why: '12,000 events, more than the limit of 11,999: modelled instead' },
    ]);
    expect(planPhases({ ...OPTIONS, windows: [2 * MINUTE], rate: 100, maxEvents: 12_000 }).modelled).toEqual([]);
  });

  it('counts for a batching window three of it, or the whole of the load where that is longer', () => {
    const modelledAt = (maxEvents: number): string[] =>
      planPhases({ ...OPTIONS, windows: [], batchingWindows: [10_000, 5 * MINUTE], maxEvents }).modelled.map(
        ({ what }) => what,
      );
    expect(modelledAt(450_000)).toEqual([]); // 500 a second for 3 × 300 s
    expect(modelledAt(449_999)).toEqual(['batching window of 5 minutes']);
    expect(modelledAt(29_999)).toEqual(['batching window of 10 seconds', 'batching window of 5 minutes']); // 60 s
  });

  it('never leaves out the live run whose length is the option itself', () => {
    expect(namesOf({ maxEvents: 1 })).toEqual(['live run', 'calibration']);
  });
});
