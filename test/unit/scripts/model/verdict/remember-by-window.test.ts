import { describe, expect, it } from 'vitest';
import { rememberByWindow } from '#model/verdict/remember-by-window.ts';

describe('rememberByWindow', () => {
  it('works an answer out once for each window', () => {
    const asked: number[] = [];
    const answer = rememberByWindow((windowSeconds) => {
      asked.push(windowSeconds);
      return windowSeconds * 2;
    });
    expect([answer(60), answer(300), answer(60)]).toEqual([120, 600, 120]);
    expect(asked).toEqual([60, 300]);
  });
});
