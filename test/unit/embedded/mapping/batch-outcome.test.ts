import { describe, expect, it } from 'vitest';
import { readBatchOutcome } from '#localstack/embedded/mapping/batch-outcome.ts';
import { records } from './delivery-simulation.ts';

const BATCH = records(4);
const failures = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('readBatchOutcome', () => {
  it.each([
    ['null', null, { kind: 'succeeded' }],
    ['an empty object', {}, { kind: 'succeeded' }],
    ['a null list', { batchItemFailures: null }, { kind: 'succeeded' }],
    ['an empty list', failures(), { kind: 'succeeded' }],
    ['one failed item', failures('3'), { kind: 'partial', doneCount: 2 }],
    ['several failed items, the lowest not first', failures('4', '2', '3'), { kind: 'partial', doneCount: 1 }],
    ['the first item failed', failures('1'), { kind: 'partial', doneCount: 0 }],
    ['an unknown identifier', failures('9'), { kind: 'failed' }],
    ['an unknown identifier beside a known one', failures('3', '9'), { kind: 'failed' }],
    ['an empty identifier', failures(''), { kind: 'failed' }],
    ['a null identifier', failures(null), { kind: 'failed' }],
    ['a missing identifier', { batchItemFailures: [{ id: '3' }] }, { kind: 'failed' }],
    ['a list that is no list', { batchItemFailures: '3' }, { kind: 'failed' }],
    ['a text', 'done', { kind: 'failed' }],
  ])('reads %s', (_what, response, expected) => {
    const answer = { functionError: null, payload: Buffer.from(JSON.stringify(response)) };
    expect(readBatchOutcome(answer, BATCH, true)).toEqual(expected);
  });

  it('fails the batch when the function threw', () => {
    const answer = { functionError: 'Unhandled', payload: Buffer.from('{}') };
    expect(readBatchOutcome(answer, BATCH, true)).toEqual({ kind: 'failed' });
  });

  it('takes any answer for success when item failures are not reported', () => {
    const answer = { functionError: null, payload: Buffer.from(JSON.stringify(failures('1'))) };
    expect(readBatchOutcome(answer, BATCH, false)).toEqual({ kind: 'succeeded' });
  });

  it('is throttled when there was no answer', () => {
    expect(readBatchOutcome(null, BATCH, true)).toEqual({ kind: 'throttled' });
  });
});
