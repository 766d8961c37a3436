import { afterEach, describe, expect, it, vi } from 'vitest';
import { type EventRule, lambdaResultEvent, routeEvent } from '#localstack/embedded/events/bus.ts';

const NOW_MS = Date.parse('2026-01-02T03:04:05.678Z');
const EVENT = lambdaResultEvent('Success', { responsePayload: 1 }, ['arn:of:function:$LATEST', 'arn:of:bus'], NOW_MS);

const failing = () => {
  throw new Error('no input');
};

const rule = (name: string, matches: boolean, target: Partial<EventRule['targets'][number]> = {}): EventRule => ({
  name,
  matches: () => matches,
  targets: [{ functionArn: `arn:of:${name}`, deadLetterArn: null, input: () => `"${name}"`, ...target }],
});

afterEach(() => void vi.restoreAllMocks());

describe('lambdaResultEvent', () => {
  it('has the members of an event of Lambda, its record as the detail', () => {
    expect(EVENT).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Lambda Function Invocation Result - Success',
      source: 'lambda',
      account: '000000000000',
      time: '2026-01-02T03:04:05Z',
      region: 'us-east-1',
      resources: ['arn:of:function:$LATEST', 'arn:of:bus'],
      detail: { responsePayload: 1 },
    });
  });
});

describe('routeEvent', () => {
  it('goes to the targets of every rule that matches, and of no other', () => {
    expect(routeEvent(EVENT, [rule('one', true), rule('two', false), rule('three', true)])).toEqual([
      { arn: 'arn:of:one', payload: '"one"' },
      { arn: 'arn:of:three', payload: '"three"' },
    ]);
  });

  it('sends the event to the dead-letter queue of a target that it gives no input for', () => {
    const target = { input: failing, deadLetterArn: 'arn:of:queue' };
    expect(routeEvent(EVENT, [rule('one', true, target), rule('two', true)])).toEqual([
      { arn: 'arn:of:queue', payload: JSON.stringify(EVENT) },
      { arn: 'arn:of:two', payload: '"two"' },
    ]);
  });

  it('says what it drops where there is no such queue', () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(routeEvent(EVENT, [rule('one', true, { input: failing })])).toEqual([]);
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(`Rule 'one' has no input for 'arn:of:one'`));
  });
});
