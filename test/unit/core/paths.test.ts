import { describe, expect, it } from 'vitest';
import { BOTH_PATHS, forBothPaths, PATH_BY_NAME, PATH_NAMES, PATHS } from '#functions/core/paths.ts';

describe('PATH_NAMES', () => {
  it('names each path as it is printed, in the order of their keys', () => {
    expect(BOTH_PATHS.map((path) => PATHS[path].name)).toEqual(PATH_NAMES);
    expect(PATH_NAMES).toEqual(['micro-batch', 'scheduled-batch']);
  });
});

describe('PATH_BY_NAME', () => {
  it('leads back from a name to its key', () => {
    expect(PATH_NAMES.map((name) => PATH_BY_NAME[name])).toEqual(BOTH_PATHS);
  });
});

describe('forBothPaths', () => {
  it('works a value out for each path, the micro-batch path first', () => {
    expect(Object.entries(forBothPaths((path) => PATHS[path].schema))).toEqual([
      ['microBatch', 'micro_batch'],
      ['scheduledBatch', 'scheduled_batch'],
    ]);
  });
});
