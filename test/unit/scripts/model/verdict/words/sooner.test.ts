import { describe, expect, it } from 'vitest';
import { saySooner } from '#model/verdict/words/sooner.ts';

describe('saySooner', () => {
  it.each([
    [228, '3.8 minutes sooner'],
    [-60, '1 minute later'],
    [0.05, '0.1 seconds sooner'],
    [0.049, 'as soon'],
    [-0.049, 'as soon'],
  ])('says %d s as %s', (seconds, text) => {
    expect(saySooner(seconds)).toBe(text);
  });
});
