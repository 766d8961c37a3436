import { ResourceInUseException, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { awaitMapping, removeMapping } from '#bench/run/run-mapping.ts';
import { scriptedTarget } from '#test/support/scripted-target.ts';

const UUID = '14e0db71-5d35-4eb5-b481-8945cf9d10c2';

const gone = () =>
  new ResourceNotFoundException({ message: 'The resource you requested does not exist.', $metadata: {}, Type: 'User' });
const inUse = () =>
  new ResourceInUseException({
    message: 'Cannot delete the event source mapping because it is in use.',
    $metadata: {},
    Type: 'User',
  });

/** A mapping that is in these states, one after the other as it is asked for, and stays in the last. */
function mappingIn(states: readonly (string | Error)[], deletions: readonly Error[] = []) {
  const [left, refusals] = [[...states], [...deletions]];
  return scriptedTarget({
    lambda({ name }) {
      const refusal = name === 'DeleteEventSourceMapping' ? refusals.shift() : undefined;
      if (refusal !== undefined) throw refusal;
      if (name === 'DeleteEventSourceMapping') return { UUID, State: 'Deleting' };
      const state = left.length > 1 ? left.shift() : left[0];
      if (state instanceof Error) throw state;
      return {
        UUID,
        State: state,
        StateTransitionReason: 'USER_INITIATED',
        LastProcessingResult: 'No records processed',
      };
    },
  });
}

/** Runs through all waiting at once; the error's message, or null. */
async function outcomeOf(work: Promise<void>): Promise<string | null> {
  const outcome = work.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  await vi.runAllTimersAsync();
  return outcome;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('awaitMapping', () => {
  it('waits through Creating until the mapping is Enabled', async () => {
    const target = mappingIn(['Creating', 'Creating', 'Enabling', 'Enabled']);
    expect(await outcomeOf(awaitMapping(target.lambda, UUID))).toBeNull();
    expect(target.calls).toHaveLength(4);
  });

  it('takes a mapping that cannot be seen yet for one that is being made', async () => {
    expect(await outcomeOf(awaitMapping(mappingIn([gone(), 'Creating', 'Enabled']).lambda, UUID))).toBeNull();
  });

  it('gives up after three minutes and says what the mapping does instead', async () => {
    expect(await outcomeOf(awaitMapping(mappingIn(['Creating']).lambda, UUID))).toBe(
      `The run's mapping ${UUID} is 'Creating' after 180 s, expected Enabled (USER_INITIATED; No records processed): try again`,
    );
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort('interrupted'), 10_000);
    expect(await outcomeOf(awaitMapping(mappingIn(['Creating']).lambda, UUID, stop.signal))).toBe('interrupted');
  });

  it('fails at once where it may not look', async () => {
    const denied = new Error('not authorized to perform: lambda:GetEventSourceMapping');
    const target = mappingIn([denied]);
    expect(await outcomeOf(awaitMapping(target.lambda, UUID))).toBe(denied.message);
    expect(target.calls).toHaveLength(1);
  });
});

describe('removeMapping', () => {
  const names = (target: ReturnType<typeof mappingIn>) => target.calls.map(({ name }) => name);
  const [REMOVE, LOOK] = ['DeleteEventSourceMapping', 'GetEventSourceMapping'];

  it('waits through Deleting until the mapping is gone', async () => {
    const target = mappingIn(['Deleting', 'Deleting', gone()]);
    expect(await outcomeOf(removeMapping(target.lambda, UUID))).toBeNull();
    expect(names(target)).toEqual([REMOVE, LOOK, LOOK, LOOK]);
    expect(target.calls[0]?.input).toEqual({ UUID });
  });

  it('tries again as long as the mapping is still being made', async () => {
    const target = mappingIn(['Creating', 'Enabled', 'Deleting', gone()], [inUse(), inUse()]);
    expect(await outcomeOf(removeMapping(target.lambda, UUID))).toBeNull();
    expect(names(target)).toEqual([REMOVE, LOOK, REMOVE, LOOK, REMOVE, LOOK, LOOK]);
  });

  it('has nothing to do where it is gone already', async () => {
    const target = mappingIn([gone()], [gone()]);
    expect(await outcomeOf(removeMapping(target.lambda, UUID))).toBeNull();
    expect(names(target)).toEqual([REMOVE]);
  });

  it('gives up after three minutes', async () => {
    expect(await outcomeOf(removeMapping(mappingIn(['Deleting']).lambda, UUID))).toBe(
      `Mapping ${UUID} is still there 180 s after its deletion was asked for`,
    );
  });

  it('fails at once where it may not', async () => {
    const target = mappingIn(['Enabled'], [new Error('not authorized to perform: lambda:DeleteEventSourceMapping')]);
    expect(await outcomeOf(removeMapping(target.lambda, UUID))).toMatch(/not authorized/);
    expect(names(target)).toEqual([REMOVE]);
  });
});
