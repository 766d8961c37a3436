import { describe, expect, it } from 'vitest';
import { isRetryable } from '#functions/store/database.ts';

function failed(code: string): Error {
  return Object.assign(new Error(`failed with ${code}`), { code });
}

describe('isRetryable', () => {
  it.each([
    '40P01',
    '40001',
    '55P03',
    '57P01',
    '57P02',
    '57P03',
    '57P05',
    '25006',
    '08000',
    '08003',
    '08006',
    '08P01',
    'ECONNRESET',
    'ECONNREFUSED',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    '53300',
    '28000',
  ])('tries %s again', (code) => {
    expect(isRetryable(failed(code))).toBe(true);
  });

  it.each(['22003', '22021', '21000', '23505', '42P01', '53100', '57014', '28P01', 'TM001', 'EACCES', ''])(
    'gives %j up: the same would happen again',
    (code) => {
      expect(isRetryable(failed(code))).toBe(false);
    },
  );

  it.each([
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client was closed and is not queryable',
    'Client has encountered a connection error and is not queryable',
    'Query read timeout',
    'timeout expired',
  ])('tries again where the driver says only %j', (message) => {
    expect(isRetryable(new Error(message))).toBe(true);
  });

  it.each([
    new Error('The fenced statement answered no row'),
    'Connection terminated',
    null,
    undefined,
    { code: '40001' },
  ])('gives up what it does not know: %s', (error) => {
    expect(isRetryable(error)).toBe(false);
  });
});
