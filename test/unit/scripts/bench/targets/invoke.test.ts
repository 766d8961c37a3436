import { ResourceConflictException, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { invoke } from '#bench/targets/invoke.ts';
import { FunctionFailure, scriptedTarget } from '#test/support/scripted-target.ts';

const busy = () => new TooManyRequestsException({ message: 'Rate Exceeded.', $metadata: {} });
const inactive = () =>
  new ResourceConflictException({
    message:
      'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    $metadata: {},
  });

/** Invokes a function that fails in these ways, one after the other, and answers then. Waiting takes no time. */
async function invokeThrough(failures: readonly Error[]): Promise<{ outcome: string; calls: number }> {
  const left = [...failures];
  const target = scriptedTarget({
    invoke() {
      const failure = left.shift();
      if (failure !== undefined) throw failure;
      return 'answer';
    },
  });
  const outcome = invoke<string>(target.lambda, 'scheduled', { a: 1 }).catch(({ message }: Error) => message);
  await vi.runAllTimersAsync();
  return { outcome: await outcome, calls: target.calls.length };
}

describe('invoke', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('hands the request over and the answer back', async () => {
    const target = scriptedTarget({ invoke: (functionName, request) => ({ functionName, request }) });
    const answer = await invoke(target.lambda, 'results', { action: 'runs' });
    expect(answer).toEqual({ functionName: 'results', request: { action: 'runs' } });
  });

  it('reads no answer as null', async () => {
    const target = scriptedTarget({ invoke: () => undefined });
    expect(await invoke(target.lambda, 'results', {})).toBeNull();
  });

  it.each([
    [
      'was killed',
      new FunctionFailure('Runtime.ExitError', 'RequestId: 1 Error: Runtime exited with error: signal: killed'),
    ],
    ['ran out of memory', new FunctionFailure('Runtime.OutOfMemory', 'signal: killed')],
    ['ran out of time', new FunctionFailure('Sandbox.Timedout', 'Task timed out after 60.00 seconds')],
    ['exited by itself', new FunctionFailure('', 'Runtime exited without providing a reason')],
    ['had no room', busy()],
    ['has to be made again after weeks without use', inactive()],
  ])('invokes again where the environment %s', async (_name, failure) => {
    expect(await invokeThrough([failure, failure])).toEqual({ outcome: 'answer', calls: 3 });
  });

  it.each([
    ['RangeError', "Unknown path 'x'"],
    ['Error', 'Task: Runtime.ExitError is only quoted here'],
    ['error', 'deadlock detected'],
  ])("gives up at once with the function's own message on %s", async (errorType, message) => {
    const { outcome, calls } = await invokeThrough([new FunctionFailure(errorType, message)]);
    expect({ outcome, calls }).toEqual({ outcome: `scheduled failed: ${message}`, calls: 1 });
  });

  it('gives up after twelve attempts, with the last message', async () => {
    const failures = Array.from({ length: 20 }, (_, i) => new FunctionFailure('Sandbox.Timedout', `attempt ${i + 1}`));
    expect(await invokeThrough(failures)).toEqual({ outcome: 'scheduled failed: attempt 12', calls: 12 });
  });

  it('waits longer for a function that is busy than for one that fails', async () => {
    expect(await invokeThrough(Array.from({ length: 100 }, busy))).toEqual({ outcome: 'answer', calls: 101 });
  });

  it('passes on what the API itself refuses', async () => {
    expect(await invokeThrough([new Error('no such function')])).toEqual({ outcome: 'no such function', calls: 1 });
  });

  it('ends on the signal, between attempts too, with its reason', async () => {
    const stop = new AbortController();
    const target = scriptedTarget({
      invoke() {
        stop.abort('interrupted');
        throw busy();
      },
    });
    await expect(invoke(target.lambda, 'scheduled', {}, stop.signal)).rejects.toBe('interrupted');
    expect(target.calls).toHaveLength(1);
    await expect(invoke(target.lambda, 'scheduled', {}, stop.signal)).rejects.toBe('interrupted');
    expect(target.calls).toHaveLength(1);
  });
});
