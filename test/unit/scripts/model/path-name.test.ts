import { describe, expect, it } from 'vitest';
import { PATH_KEYS, PATH_NAMES, pathKeyOf, pathNameOf } from '#model/path-name.ts';

describe('pathNameOf', () => {
  it('names each path as it is printed, in the order of their keys', () => {
    expect(PATH_KEYS.map(pathNameOf)).toEqual(PATH_NAMES);
  });
});

describe('pathKeyOf', () => {
  it('leads back from a name to its key', () => {
    expect(PATH_NAMES.map(pathKeyOf)).toEqual(PATH_KEYS);
  });
});
