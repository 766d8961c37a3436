import { describe, expect, it } from 'vitest';
import { defaultDeployment, ownerOf, runsMicroBatch, runsScheduledBatch } from '#model/deployment.ts';

describe('ownerOf', () => {
  it('is the path that stands alone, or both together', () => {
    expect(ownerOf({ paths: 'micro-batch' })).toBe('micro-batch');
    expect(ownerOf({ paths: 'scheduled-batch' })).toBe('scheduled-batch');
    expect(ownerOf({ paths: 'both' })).toBe('shared');
  });
});

describe('defaultDeployment', () => {
  it('runs a batch once a window, at the scheduler’s whole minutes', () => {
    expect(defaultDeployment('both')).toMatchObject({ batchIntervalSeconds: null, tickSeconds: 60 });
  });

  it('runs the paths that it is for', () => {
    expect(runsMicroBatch(defaultDeployment('micro-batch'))).toBe(true);
    expect(runsScheduledBatch(defaultDeployment('micro-batch'))).toBe(false);
    expect(runsMicroBatch(defaultDeployment('scheduled-batch'))).toBe(false);
    expect(runsScheduledBatch(defaultDeployment('both'))).toBe(true);
  });
});
