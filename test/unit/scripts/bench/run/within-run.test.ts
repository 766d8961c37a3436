import { describe, expect, it } from 'vitest';
import { withinRun } from '#bench/run/isolated-run.ts';
import { stackThatFails } from '#test/support/failing-stack.ts';
import { SETTINGS } from '#test/support/settings.ts';

const NEVER = new AbortController().signal;
const optionsWith = (signal: AbortSignal = NEVER) => ({
  shards: 2,
  settings: SETTINGS,
  onStep: () => undefined,
  signal,
});
const MADE = 5; // calls that make a run

describe('withinRun', () => {
  it('works in a run, removes it, and hands on what came of the work', async () => {
    const { target, steps } = stackThatFails();
    const seen = await withinRun(target, optionsWith(), async ({ streamName }) => streamName);
    expect(seen).toMatch(/^events-run-\w{8}$/);
    expect(steps().slice(MADE)).toEqual(['drop', 'DeleteStream']);
  });

  it('keeps the tables of work that ended well where they are wanted', async () => {
    const { target, steps } = stackThatFails();
    await withinRun(target, { ...optionsWith(), keepSchemas: true }, async () => 1);
    expect(steps().slice(MADE)).toEqual(['DeleteStream']);
  });

  it('removes the run where the work fails, its tables too, and throws that', async () => {
    const { target, steps } = stackThatFails();
    const failing = withinRun(target, { ...optionsWith(), keepSchemas: true }, async () => {
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow(/^no room$/);
    expect(steps().slice(MADE)).toEqual(['drop', 'DeleteStream']);
  });

  it('says what is left where work and removal fail', async () => {
    const { target, steps } = stackThatFails(['drop']);
    const failing = withinRun(target, optionsWith(), async () => {
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow(
      /^no room; and the run was not removed: Run (\w+) may have left something behind, on events-run-\1: results failed: no drop; /,
    );
    expect(steps().slice(MADE)).toEqual(['drop', 'DeleteStream']);
  });

  it('gives null, with the run and its tables removed, where the signal ended the work', async () => {
    const stop = new AbortController();
    const { target, steps } = stackThatFails();
    const ended = await withinRun(target, { ...optionsWith(stop.signal), keepSchemas: true }, async () => {
      stop.abort(new Error('interrupted'));
      stop.signal.throwIfAborted();
    });
    expect(ended).toBeNull();
    expect(steps().slice(MADE)).toEqual(['drop', 'DeleteStream']);
  });

  it('gives null where the signal came before the run was made', async () => {
    const { target, steps } = stackThatFails();
    let worked = false;
    const ended = await withinRun(target, optionsWith(AbortSignal.abort()), async () => {
      worked = true;
    });
    expect({ ended, worked }).toEqual({ ended: null, worked: false });
    expect(steps().at(-1)).toBe('DeleteStream');
  });

  it('throws what fails for a reason of its own after the signal', async () => {
    const stop = new AbortController();
    const { target } = stackThatFails();
    const failing = withinRun(target, optionsWith(stop.signal), async () => {
      stop.abort();
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow('no room');
  });
});
