import { expect, it } from 'vitest';
import { toLoadSize } from '#bench/experiments/observations.ts';

it('adds up what was sent in parts', () => {
  const parts = [
    { records: 2, bytes: 100, lines: 11 },
    { records: 3, bytes: 50, lines: 9 },
  ];
  expect(toLoadSize(parts, 18)).toEqual({ events: 18, records: 5, bytes: 150, lines: 20 });
  expect(toLoadSize([], 0)).toEqual({ events: 0, records: 0, bytes: 0, lines: 0 });
});
