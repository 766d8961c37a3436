import { describe, expect, it } from 'vitest';
import { plural } from '../../../../scripts/text/plural.ts';

describe('plural', () => {
  it.each([
    [1, '1 event'],
    [0, '0 events'],
    [2, '2 events'],
    [1_000, '1,000 events'],
    [1.5, '1.5 events'],
    [0.0123, '0.012 events'],
    [0.999, '1 event'],
  ])('says %d of something', (count, expected) => {
    expect(plural(count, 'event')).toBe(expected);
  });
});
