import { describe, expect, it } from 'vitest';
import { readMappingSettings, readStartingPosition } from '#localstack/embedded/mapping/mapping-settings.ts';

describe('readMappingSettings', () => {
  it('has the defaults of Lambda', () => {
    expect(readMappingSettings({ FunctionName: 'counter' }, null)).toEqual({
      functionName: 'counter',
      enabled: true,
      batchSize: 100,
      batchingWindowMs: 0,
      bisectOnError: false,
      maximumRetryAttempts: -1,
      maximumRecordAgeSeconds: -1,
      reportsItemFailures: false,
      onFailureArn: null,
    });
  });

  it('keeps what an update leaves out', () => {
    const current = readMappingSettings({ FunctionName: 'counter', BatchSize: 500, MaximumRetryAttempts: 3 }, null);
    expect(readMappingSettings({ MaximumRetryAttempts: 4 }, current)).toEqual({ ...current, maximumRetryAttempts: 4 });
  });

  it.each([
    [{ BatchSize: 0 }, "BatchSize '0' is out of range: expected 1 to 10000"],
    [{ BatchSize: 10_001 }, "BatchSize '10001' is out of range"],
    [{ MaximumBatchingWindowInSeconds: 301 }, 'expected 0 to 300'],
    [{ ParallelizationFactor: 2 }, "ParallelizationFactor '2' is refused, expected 1: with more than one batch"],
    [{ TumblingWindowInSeconds: 60 }, 'TumblingWindowInSeconds'],
    [{ FilterCriteria: {} }, 'FilterCriteria is not supported'],
    [{ FunctionResponseTypes: ['Other'] }, "FunctionResponseTypes 'Other' is unknown"],
  ])('refuses %j', (request, message) => {
    expect(() => readMappingSettings({ FunctionName: 'counter', ...request }, null)).toThrow(message);
  });

  it.each([{ ParallelizationFactor: 1 }, { MetricsConfig: { Metrics: ['EventCount'] } }])('accepts %j', (request) => {
    expect(() => readMappingSettings({ FunctionName: 'counter', ...request }, null)).not.toThrow();
  });
});

describe('readStartingPosition', () => {
  it.each([
    [{ StartingPosition: 'LATEST' }, { kind: 'LATEST' }],
    [
      { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_767_225_600.5 },
      { kind: 'AT_TIMESTAMP', timestampSeconds: 1_767_225_600.5 },
    ],
    [
      { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: '2026-01-01T00:00:00Z' },
      { kind: 'AT_TIMESTAMP', timestampSeconds: 1_767_225_600 },
    ],
  ])('reads %j', (request, expected) => {
    expect(readStartingPosition(request)).toEqual(expected);
  });

  it.each([{}, { StartingPosition: 'SOMEWHERE' }, { StartingPosition: 'AT_TIMESTAMP' }])('refuses %j', (request) => {
    expect(() => readStartingPosition(request)).toThrow('StartingPosition');
  });
});
