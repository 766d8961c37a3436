import type { Choice } from './choice.ts';

export const DECISIONS = ['stream', 'batch', 'either'] as const;
export type Decision = (typeof DECISIONS)[number];

/** One window: the best that streaming can do with it, the batch, and which of them is better. */
export type JudgedWindow = {
  readonly windowSeconds: number;
  readonly stream: Choice;
  readonly batch: Choice;
  /** `either` where the error leaves it open, or neither can do it. */
  readonly decision: Decision;
  /** Objective of the batch less that of streaming: above 0 streaming is better. */
  readonly differenceUsd: number;
  /** Between which it lies, as far as the inputs' uncertainty tells. */
  readonly lowUsd: number;
  readonly highUsd: number;
};
