import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { dueWindows, noCutOff, passingWindows, playScheduler, runBatch } from '#bench/run/batch-caller.ts';
import type { ScheduledBatchAnswer } from '#functions/contract.ts';
import { FunctionFailure, scriptedTarget } from '#test/support/scripted-target.ts';
import { SETTINGS } from '#test/support/settings.ts';

const answer = (given: Partial<ScheduledBatchAnswer> = {}): ScheduledBatchAnswer => ({
  outcome: 'committed',
  continues: false,
  stream: 'a-run-stream',
  cutOffMs: 1,
  records: 0,
  events: 0,
  ...given,
});

const CONTINUES = answer({ continues: true });
const REFUSED = answer({ outcome: 'refused' });

/** A scheduled batch that gives these answers, then commits; and the cut-offs that it was invoked with. */
function scriptedBatch(answers: readonly (ScheduledBatchAnswer | Error)[]) {
  const left = [...answers];
  const requests: unknown[] = [];
  const target = scriptedTarget({
    invoke(functionName, request) {
      requests.push([functionName, request]);
      const next = left.shift() ?? answer();
      if (next instanceof Error) throw next;
      return next;
    },
  });
  return { target, requests };
}

/** Ends as the SDK does where it is told to. */
function targetThatAnswersAfter(ms: number) {
  const target = scriptedTarget({});
  const payload = { transformToString: () => JSON.stringify(answer()) };
  Object.assign(target.lambda, {
    send: (_command: unknown, { abortSignal }: { abortSignal: AbortSignal }) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => resolve({ Payload: payload }), ms);
        abortSignal.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(new Error('Request aborted'));
        });
      }),
  });
  return target;
}

const NEVER = new AbortController().signal;

describe('runBatch', () => {
  it.each<[string, (ScheduledBatchAnswer | Error)[], invocations: number]>([
    ['it has committed', [], 1],
    ['it has no more before it', [CONTINUES, CONTINUES], 3],
    ['it is refused no longer', [REFUSED, REFUSED], 3],
    ['it has read on after a refusal', [CONTINUES, REFUSED, CONTINUES], 4],
    ['it survives', [new FunctionFailure('Runtime.ExitError', 'signal: killed')], 2],
  ])('invokes the batch with the same cut-off until %s', async (_name, answers, invocations) => {
    const { target, requests } = scriptedBatch(answers);
    const calls = await runBatch(target, 'events-run-1', 1_234, NEVER);
    const request = ['scheduled', { stream: 'events-run-1', cutOffMs: 1_234 }];
    expect(requests).toEqual(Array.from({ length: invocations }, () => request));
    // One that the API had to be asked for again is one call to us.
    expect(calls).toEqual({ invocations: answers.some((given) => given instanceof Error) ? 1 : invocations });
  });

  it('calls no more once the signal has come, and throws its reason', async () => {
    const stop = new AbortController();
    const { target, requests } = scriptedBatch([CONTINUES, CONTINUES]);
    const running = runBatch(target, 's', 1, stop.signal);
    stop.abort('interrupted');
    await expect(running).rejects.toBe('interrupted');
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['waits for an answer that is about to come', 1_000, { invocations: 1 }],
    ['gives up an answer that is not', 60_000, 'interrupted'],
  ])('%s when the signal comes', async (_name, answerAfterMs, expected) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const stop = new AbortController();
    const target = targetThatAnswersAfter(answerAfterMs);
    const running = runBatch(target, 's', 1, stop.signal).catch((reason: unknown) => reason);
    stop.abort('interrupted');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await Promise.race([running, 'still waiting'])).toEqual(expected);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up when it was refused ten times', async () => {
    const { target, requests } = scriptedBatch(Array.from({ length: 20 }, () => REFUSED));
    await expect(runBatch(target, 's', 1, NEVER)).rejects.toThrow('The scheduled batch was refused ten times');
    expect(requests).toHaveLength(10);
  });

  it('gives up at once when the function fails', async () => {
    const { target, requests } = scriptedBatch([new FunctionFailure('RangeError', 'Unknown stream')]);
    await expect(runBatch(target, 's', 1, NEVER)).rejects.toThrow('scheduled failed: Unknown stream');
    expect(requests).toHaveLength(1);
  });
});

/** Cut-offs at every tenth of a second. */
const everyTenth = (afterMs: number) => (Math.floor(afterMs / 100) + 1) * 100;

describe('playScheduler', () => {
  it('runs one batch at every cut-off, and covers with one those that passed meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true, now: 999_980 });
    onTestFinished(() => void vi.useRealTimers());
    const stop = new AbortController();
    const cutOffs: number[] = [];
    const target = scriptedTarget({
      invoke(_, { cutOffMs }: { cutOffMs: number }) {
        cutOffs.push(cutOffMs);
        if (cutOffs.length === 1) vi.setSystemTime(1_000_350); // the first one takes three cut-offs' time
        if (cutOffs.length === 3) stop.abort();
        return answer();
      },
    });

    await playScheduler(target, 's', everyTenth, { until: stop.signal, signal: NEVER });

    expect(cutOffs).toEqual([1_000_000, 1_000_300, 1_000_400]);
  });

  it('starts no batch before its cut-off, nor while another runs', async () => {
    const stop = new AbortController();
    const early: number[] = [];
    let running = 0;
    let most = 0;
    let runs = 0;
    const target = scriptedTarget({
      async invoke(_, { cutOffMs }: { cutOffMs: number }) {
        if (Date.now() < cutOffMs) early.push(cutOffMs);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 15));
        running--;
        if (++runs === 5) stop.abort();
        return answer();
      },
    });

    await playScheduler(target, 's', (afterMs) => (Math.floor(afterMs / 10) + 1) * 10, {
      until: stop.signal,
      signal: NEVER,
    });

    expect({ early, most, runs }).toEqual({ early: [], most: 1, runs: 5 });
  });

  it.each([
    ['that never comes', () => Number.POSITIVE_INFINITY],
    ['in a month', (afterMs: number) => afterMs + 31 * 86_400_000],
  ])('ends on the signal while it waits for a cut-off %s', async (_name, nextCutOffMs) => {
    const { target, requests } = scriptedBatch([]);
    await playScheduler(target, 's', nextCutOffMs, { until: AbortSignal.timeout(20), signal: NEVER });
    expect(requests).toEqual([]);
  });

  it('does nothing where the signal came first', async () => {
    const { target, requests } = scriptedBatch([]);
    await playScheduler(target, 's', () => 0, { until: NEVER, signal: AbortSignal.abort() });
    expect(requests).toEqual([]);
  });

  it('fails with the batch', async () => {
    const { target } = scriptedBatch([new FunctionFailure('RangeError', 'Unknown stream')]);
    const playing = playScheduler(target, 's', (afterMs) => afterMs + 1, { until: NEVER, signal: NEVER });
    await expect(playing).rejects.toThrow('scheduled failed: Unknown stream');
  });
});

describe('dueWindows', () => {
  it.each([
    [0, 3_000],
    [3_000, 8_000],
    [7_999, 8_000],
    [8_000, 13_000],
    [12_345, 13_000],
  ])('after %i ms is at the next end + bound + margin', (afterMs, expected) => {
    const cutOffs = dueWindows({ ...SETTINGS, windowMs: 5_000, boundMs: 2_000, marginMs: 1_000 });
    expect(cutOffs(afterMs)).toBe(expected);
  });
});

describe('passingWindows', () => {
  it("goes by the replay's start and speed", () => {
    const cutOffs = passingWindows(500, 300_000, 60); // a window of the log passes in 5 s
    expect([500, 5_499, 5_500].map(cutOffs)).toEqual([5_500, 5_500, 10_500]);
  });

  it('comes once a second at most', () => {
    expect(passingWindows(500, 300_000, 1e9)(500)).toBe(1_500);
  });
});

describe('noCutOff', () => {
  it('never comes', () => {
    expect(noCutOff(0)).toBe(Number.POSITIVE_INFINITY);
  });
});
