import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { killAtRandom } from '#bench/run/chaos.ts';
import { OUTPUTS, scriptedTarget } from '#test/support/scripted-target.ts';

type Environment = { functionName: string; busy: boolean };

const MICRO = OUTPUTS.microBatchFunction;
const SCHEDULED = OUTPUTS.scheduledBatchFunction;

/** A target with these environments, each of which is started again as soon as it was killed. */
function targetWith(environments: readonly Environment[], onLook = () => {}) {
  const picks: number[] = [];
  const target = scriptedTarget({
    killEnvironment(fits, pick) {
      onLook();
      const fitting = environments.filter(fits);
      if (fitting.length === 0) return null;
      const picked = pick(fitting.length);
      picks.push(picked);
      return fitting[picked] ?? null;
    },
  });
  return { target, picks };
}

const BUSY = Array.from({ length: 8 }, () => ({ functionName: MICRO, busy: true }));
const NEVER = new AbortController().signal;

describe('killAtRandom', () => {
  it('kills as many environments as were asked for, and says which', async () => {
    const { target } = targetWith([{ functionName: SCHEDULED, busy: true }]);
    const kills = await killAtRandom(target, { kills: 3, spanMs: 30, seed: 1 }, NEVER);
    expect(kills).toEqual(
      Array.from({ length: 3 }, () => ({ atMs: expect.any(Number), functionName: SCHEDULED, busy: true })),
    );
  });

  it('kills none where none was asked for', async () => {
    const { target, picks } = targetWith(BUSY);
    expect(await killAtRandom(target, { kills: 0, spanMs: 60_000, seed: 1 }, NEVER)).toEqual([]);
    expect(picks).toEqual([]);
  });

  it('picks alike with the same seed, and otherwise with another', async () => {
    const picksWith = async (seed: number) => {
      const { target, picks } = targetWith(BUSY);
      await killAtRandom(target, { kills: 6, spanMs: 0, seed }, NEVER);
      return picks;
    };
    const [first, again, other] = [await picksWith(1), await picksWith(1), await picksWith(2)];
    expect(first).toEqual(again);
    expect(first).not.toEqual(other);
    expect([...first, ...other].every((pick) => pick >= 0 && pick < BUSY.length)).toBe(true);
  });

  it('leaves functions alone that count nothing', async () => {
    const { target } = targetWith([
      { functionName: OUTPUTS.resultsFunction, busy: true },
      { functionName: MICRO, busy: true },
    ]);
    const kills = await killAtRandom(target, { kills: 3, spanMs: 0, seed: 1 }, NEVER);
    expect(kills.map(({ functionName }) => functionName)).toEqual([MICRO, MICRO, MICRO]);
  });

  it('prefers an environment at work, and takes an idle one when none comes to work', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    onTestFinished(() => void vi.useRealTimers());
    let looks = 0;
    const { target } = targetWith([{ functionName: MICRO, busy: false }], () => {
      looks++;
      vi.setSystemTime(Date.now() + 1_000);
    });
    const kills = await killAtRandom(target, { kills: 1, spanMs: 0, seed: 1 }, NEVER);
    expect(kills).toMatchObject([{ functionName: MICRO, busy: false }]);
    expect(looks).toBe(4); // for three seconds it looked for a busy one
  });

  it.each([
    ['the next moment', BUSY, 3_600_000],
    ['an environment to kill', [], 0],
  ])('stops on the signal while it waits for %s', async (_name, environments, spanMs) => {
    const { target } = targetWith(environments);
    expect(await killAtRandom(target, { kills: 5, spanMs, seed: 1 }, AbortSignal.timeout(20))).toEqual([]);
  });

  it('gives back what was killed before the signal', async () => {
    const stop = new AbortController();
    const { target } = targetWith(BUSY, () => stop.abort());
    expect(await killAtRandom(target, { kills: 5, spanMs: 0, seed: 1 }, stop.signal)).toHaveLength(1);
  });
});
