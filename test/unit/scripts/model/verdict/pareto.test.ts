import { describe, expect, it } from 'vitest';
import type { PathName } from '#functions/contract.ts';
import { STANDARD_MODEL } from '#model/model.ts';
import type { Choice } from '#model/verdict/choice.ts';
import { findFront, markFront } from '#model/verdict/pareto.ts';
import { createScenario, prepareScenario } from '#model/verdict/scenario.ts';
import { judgeWindow } from '#model/verdict/verdict.ts';
import { impossible, streamChoice } from './choices.ts';

const at = (costUsd: number, freshnessSeconds: number): Choice => streamChoice({ costUsd, freshnessSeconds });
const marks = (choices: readonly Choice[]): boolean[] => markFront(choices).map(({ onFront }) => onFront);

describe('markFront', () => {
  it('marks what nothing else beats in both cost and freshness', () => {
    expect(marks([at(80, 1), at(70, 6), at(75, 10), at(60, 150), at(60, 200), at(90, 1)])).toEqual([
      true,
      true,
      false, // 70 USD, 6 s is cheaper and fresher
      true,
      false, // as cheap, but fresher: 150 s
      false, // as fresh, but cheaper: 80 USD
    ]);
  });

  it('marks equals alike', () => {
    expect(marks([at(80, 1), at(80, 1)])).toEqual([true, true]);
  });

  it('leaves out what is impossible, and what it would have beaten in', () => {
    expect(marks([impossible(at(10, 1)), at(80, 1)])).toEqual([false, true]);
  });
});

describe('findFront', () => {
  it('has every batching window within the window, and the batch at one, two and four windows', () => {
    const points = findFront(STANDARD_MODEL, prepareScenario(createScenario()), 60);
    expect(
      points.map(({ choice }) => [choice.path, choice.batchingWindowSeconds, choice.batchIntervalSeconds]),
    ).toEqual([
      ['micro-batch', 0, null],
      ['micro-batch', 1, null],
      ['micro-batch', 10, null],
      ['micro-batch', 60, null],
      ['scheduled-batch', null, 60],
      ['scheduled-batch', null, 120],
      ['scheduled-batch', null, 240],
    ]);
    expect(points.some(({ onFront }) => onFront)).toBe(true);
  });

  it('has the memory that the verdict takes, where what is deployed would not do', () => {
    // 1,000 events/s × 0.8 ms × 1,769 / 1,024: 1.38 s of CPU a second
    const parameters = { ...STANDARD_MODEL.parameters, scheduledBatchCpuMsPerEvent: 0.8 };
    const model = { ...STANDARD_MODEL, parameters };
    const points = findFront(model, prepareScenario(createScenario()), 300);
    const memory = (path: PathName): number[] => [
      ...new Set(points.filter(({ choice }) => choice.path === path).map(({ choice }) => choice.memoryMb)),
    ];
    expect([memory('micro-batch'), memory('scheduled-batch')]).toEqual([[1_024], [1_769]]);
    const { stream, batch } = judgeWindow(model, prepareScenario(createScenario()), 300);
    const choices = points.map(({ choice }) => choice);
    expect(choices).toContainEqual(stream);
    expect(choices).toContainEqual(batch);
  });
});
