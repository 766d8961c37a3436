import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultDeployment } from '#model/deployment.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import { createScenario, prepareScenario } from '#model/verdict/scenario.ts';
import { decide, judgeWindow } from '#model/verdict/verdict.ts';
import { withHosts } from '#model/workload/keys.ts';
import { GENERATED_LOAD } from '#model/workload/workload.ts';
import { anyScenario } from './any-scenario.ts';

const SCENARIO = createScenario({ workload: { ...GENERATED_LOAD, eventsPerSecond: 500 } });
const MINUTE = 60;

describe('decide', () => {
  it('judges every window of the scenario as it would be judged alone', () => {
    const { windows } = decide(STANDARD_MODEL, prepareScenario(SCENARIO));
    expect(windows).toEqual(
      SCENARIO.windowsSeconds.map((windowSeconds) =>
        judgeWindow(STANDARD_MODEL, prepareScenario(SCENARIO), windowSeconds),
      ),
    );
  });

  it('puts the threshold where a database of its own begins to sleep between batches', () => {
    // Awake for 15 s + the run + 300 s: from 6 minutes on it sleeps at all, a run of 500 events/s takes less than a minute
    const verdict = decide(STANDARD_MODEL, prepareScenario(SCENARIO));
    expect(verdict.thresholdSeconds).toBeGreaterThanOrEqual(6 * MINUTE);
    expect(verdict.thresholdSeconds).toBeLessThanOrEqual(12 * MINUTE);
    expect(verdict.summary.answer.kind).toBe('cross');
    expect(verdict).toMatchObject({
      reader: 'partial',
      regime: 'auto-pause',
      freshnessUsd: 0,
      streamAgainSeconds: null,
    });
  });

  it('lets a value of freshness keep streaming beyond some window, and all of it when it is high', () => {
    const again = decide(STANDARD_MODEL, prepareScenario({ ...SCENARIO, freshnessUsd: 1 })).streamAgainSeconds;
    // It saves some 30 USD at most, and costs 1 USD for each 2 minutes of the window
    expect(again).toBeGreaterThan(30 * MINUTE);
    expect(again).toBeLessThan(80 * MINUTE);
    expect(decide(STANDARD_MODEL, prepareScenario({ ...SCENARIO, freshnessUsd: 100 })).thresholdSeconds).toBeNull();
  });

  it('has its threshold where the windows’ own verdicts flip, within its band', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { thresholdSeconds, streamAgainSeconds, earliestSeconds, latestSeconds } = decide(
          STANDARD_MODEL,
          prepareScenario(scenario),
        );
        const favours = (windowSeconds: number): 'batch' | 'stream' => {
          const { stream, batch, differenceUsd } = judgeWindow(
            STANDARD_MODEL,
            prepareScenario(scenario),
            windowSeconds,
          );
          return batch.possible && (!stream.possible || differenceUsd <= 0) ? 'batch' : 'stream';
        };
        if (thresholdSeconds === null) {
          expect([favours(60), favours(3_600), favours(86_400)]).toEqual(['stream', 'stream', 'stream']);
          expect([streamAgainSeconds, latestSeconds]).toEqual([null, null]);
          return;
        }
        expect(favours(thresholdSeconds)).toBe('batch');
        if (thresholdSeconds > MINUTE) expect(favours(thresholdSeconds - MINUTE)).toBe('stream');
        if (streamAgainSeconds !== null) {
          expect(streamAgainSeconds).toBeGreaterThan(thresholdSeconds);
          expect(favours(streamAgainSeconds)).toBe('stream');
          expect(favours(streamAgainSeconds - MINUTE)).toBe('batch');
        }
        expect(earliestSeconds).toBeLessThanOrEqual(thresholdSeconds);
        expect(latestSeconds ?? thresholdSeconds).toBeGreaterThanOrEqual(thresholdSeconds);
      }),
      { numRuns: 25 },
    );
  });

  it('decides no window against its threshold', () => {
    fc.assert(
      fc.property(anyScenario, (each) => {
        const scenario = { ...each, windowsSeconds: [60, 300, 900, 1_200, 1_800, 3_600, 7_200, 43_200, 86_400] };
        const { windows, thresholdSeconds, streamAgainSeconds } = decide(STANDARD_MODEL, prepareScenario(scenario));
        const [from, to] = [
          thresholdSeconds ?? Number.POSITIVE_INFINITY,
          streamAgainSeconds ?? Number.POSITIVE_INFINITY,
        ];
        for (const { windowSeconds, decision } of windows) {
          if (windowSeconds < from) expect(decision).not.toBe('batch');
          else if (windowSeconds < to) expect(decision).not.toBe('stream');
        }
      }),
      { numRuns: 30 },
    );
  });

  it('advises nothing where neither is possible', () => {
    const parameters = { ...STANDARD_MODEL.parameters, microBatchCpuMsPerEvent: 10, scheduledBatchCpuMsPerEvent: 10 };
    const { thresholdSeconds, summary, windows } = decide({ ...STANDARD_MODEL, parameters }, prepareScenario(SCENARIO));
    expect(thresholdSeconds).toBeNull();
    expect(windows.map(({ decision }) => decision)).toEqual(SCENARIO.windowsSeconds.map(() => 'either'));
    expect(summary.answer.kind).toBe('neither');
    expect(summary.example).toMatchObject({
      windowSeconds: 300,
      stream: { possible: false },
      batch: { possible: false },
    });
  });

  it('warns where a batch can’t keep up, and streams there', () => {
    const flood = createScenario({
      workload: { ...GENERATED_LOAD, eventsPerSecond: 10_000_000 },
      deployment: { ...defaultDeployment('both'), regime: 'always-on' },
    });
    const { windows, warnings } = decide(STANDARD_MODEL, prepareScenario(flood));
    expect(windows.every(({ batch }) => batch.possible)).toBe(false);
    expect(
      warnings.some(({ kind, ...warning }) => kind === 'impossible' && 'side' in warning && warning.side === 'batch'),
    ).toBe(true);
  });

  it('lets no memory default hide a batch that a whole core makes possible, and says so', () => {
    const keys = withHosts(GENERATED_LOAD.keys, 1_000_000);
    const busy = createScenario({ workload: { ...GENERATED_LOAD, eventsPerSecond: 50_000, keys } });
    const small = decide(STANDARD_MODEL, prepareScenario(busy));
    const whole = decide(
      STANDARD_MODEL,
      prepareScenario({ ...busy, deployment: { ...busy.deployment, memoryMb: 1_769 } }),
    );
    expect(small.windows.map(({ batch }) => batch.possible)).toEqual(whole.windows.map(({ batch }) => batch.possible));
    expect(small.windows[0]?.batch).toMatchObject({ memoryMb: 1_769, memoryRaised: true });
    expect(whole.windows[0]?.batch).toMatchObject({ memoryMb: 1_769, memoryRaised: false });
    expect(small.windows[0]?.stream).toMatchObject({ memoryMb: 1_024, memoryRaised: false });
    expect(small.summary.answer.batchMemoryMb).toBe(1_769);
    expect(small.warnings).toContainEqual(
      expect.objectContaining({ kind: 'memory', memoryMb: 1_769, deployedMb: 1_024 }),
    );
    expect(whole.summary.answer.batchMemoryMb).toBeNull();
    expect(whole.warnings.map(({ kind }) => kind)).not.toContain('memory');
  });

  it('says what binds both paths beside each other, at the largest window', () => {
    const { besideEachOther } = decide(STANDARD_MODEL, prepareScenario(SCENARIO));
    expect(besideEachOther.map(({ id, use }) => [id, use])).toEqual([['read-calls', 1]]);
    expect(decide(STANDARD_MODEL, prepareScenario({ ...SCENARIO, windowsSeconds: [] })).besideEachOther).toEqual([]);
  });
});
