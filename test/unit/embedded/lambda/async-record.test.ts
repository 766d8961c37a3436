import { describe, expect, it } from 'vitest';
import { asyncRecord, asyncRecordKey } from '#localstack/embedded/lambda/async-record.ts';

const NOW_MS = Date.parse('2026-01-02T03:04:05.678Z');
const RESULT = { requestId: 'request-7', executedVersion: '$LATEST', logTail: '' } as const;

describe('asyncRecord', () => {
  it('has the members of an invocation record', () => {
    const result = { ...RESULT, payload: Buffer.from('{"errorType":"Error"}'), functionError: 'Unhandled' } as const;
    const ending = { condition: 'RetriesExhausted', invocations: 3, result } as const;
    expect(asyncRecord('batch', Buffer.from('{"number":7}'), ending, NOW_MS)).toEqual({
      version: '1.0',
      timestamp: '2026-01-02T03:04:05.678Z',
      requestContext: {
        requestId: 'request-7',
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:batch:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { number: 7 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error' },
    });
  });

  it('has no error where there was none', () => {
    const result = { ...RESULT, payload: Buffer.from('{"continues":true}'), functionError: null };
    const record = asyncRecord('batch', Buffer.from('{}'), { condition: 'Success', invocations: 1, result }, NOW_MS);
    expect(record.responseContext).toEqual({ statusCode: 200, executedVersion: '$LATEST' });
    expect(record.responsePayload).toEqual({ continues: true });
  });

  it('has no response of a function that never ran', () => {
    const ending = { condition: 'EventAgeExceeded', invocations: 0, result: null } as const;
    const record = asyncRecord('batch', Buffer.from('{}'), ending, NOW_MS);
    expect(record).not.toHaveProperty('responseContext');
    expect(record).not.toHaveProperty('responsePayload');
  });
});

describe('asyncRecordKey', () => {
  it('sorts by function and time', () => {
    expect(asyncRecordKey('batch', 'x', NOW_MS)).toBe('aws/lambda/async/batch/2026/01/02/2026-01-02T03.04.05-x');
  });
});
