import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { captureLog, context, startEnvironment } from '#test/support/environments.ts';

/** A port where nobody listens: whoever connects is found out. */
const NOBODY = 'postgres://nobody@127.0.0.1:1/nowhere';
const NO_TIME_FOR_RETRIES_MS = 900;

let log: string[];
beforeEach(() => {
  log = captureLog();
});
afterEach(() => {
  vi.useRealTimers();
});

const NOT_DUE = {
  outcome: 'not-due',
  continues: false,
  stream: 'events',
  cutOffMs: null,
  records: 0,
  events: 0,
};

describe('the scheduled-batch handler, at a tick', () => {
  // Windows of 5 minutes, 17 s of lag, a tick every 5 minutes.
  it('answers that no window is due before it connects to anything', async () => {
    const handler = await startEnvironment('scheduled-batch', NOBODY, { TICK_MS: '60000' });
    expect(await handler({ scheduledTime: '2026-01-31T12:00:00Z' }, context())).toEqual(NOT_DUE);
    expect(await handler({ scheduledTime: '2026-01-31T12:02:00Z' }, context())).toEqual(NOT_DUE);
  });

  it('connects where one is', async () => {
    const handler = await startEnvironment('scheduled-batch', NOBODY, { TICK_MS: '60000' });
    await expect(
      handler({ scheduledTime: '2026-01-31T12:01:00Z' }, context(NO_TIME_FOR_RETRIES_MS)),
    ).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('refuses a scheduled time that is none, instead of guessing one', async () => {
    const handler = await startEnvironment('scheduled-batch', NOBODY);
    await expect(handler({ scheduledTime: 'now' }, context())).rejects.toThrow("Invalid scheduledTime 'now'");
  });

  it('takes this minute where an emulator leaves the placeholder in, and logs that it did', async () => {
    const handler = await startEnvironment('scheduled-batch', NOBODY, { TICK_MS: '60000' });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-31T12:02:41.500Z') });

    expect(await handler({ scheduledTime: '<aws.scheduler.scheduled-time>' }, context())).toEqual(NOT_DUE);

    expect(log.map((line) => JSON.parse(line))).toContainEqual({
      type: 'tidemark.scheduled-time',
      given: '<aws.scheduler.scheduled-time>',
      taken: Date.parse('2026-01-31T12:02:00Z'),
    });
  });
});

describe('the scheduled-batch handler, with a cut-off', () => {
  it.each([null, undefined, 'soon'])('refuses %s as one', async (cutOffMs) => {
    const handler = await startEnvironment('scheduled-batch', NOBODY);
    const request = { stream: 'events', cutOffMs: cutOffMs as unknown as number };
    await expect(handler(request, context())).rejects.toThrow(`Invalid cutOffMs '${cutOffMs}'`);
  });

  it('refuses a stream that is not of this deployment before it connects', async () => {
    const handler = await startEnvironment('scheduled-batch', NOBODY);
    await expect(handler({ stream: 'orders', cutOffMs: 0 }, context())).rejects.toThrow("Unknown stream 'orders'");
  });

  it('connects whether a window is due or not', async () => {
    const handler = await startEnvironment('scheduled-batch', NOBODY);
    await expect(handler({ stream: 'events', cutOffMs: 0 }, context(NO_TIME_FOR_RETRIES_MS))).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});
