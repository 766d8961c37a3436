import { described, type Infer, number, object, oneOf } from '#text/schema.ts';
import { CHOICE } from './choice.ts';

export const DECISIONS = ['stream', 'batch', 'either'] as const;
export type Decision = (typeof DECISIONS)[number];

/** The two choices that a window decides between. */
export type Side = Exclude<Decision, 'either'>;

/** One window: the best setting of streaming, the batch, and which of the two is better. */
export const JUDGED_WINDOW = object({
  windowSeconds: number('s', 'window'),
  stream: described(CHOICE, 'the best setting of the micro-batch path'),
  batch: described(CHOICE, 'the scheduled batch'),
  decision: oneOf(
    DECISIONS,
    'which is better; `either`: the difference is within the error, or neither path is possible',
  ),
  differenceUsd: number('USD/month', 'objective of the batch − that of streaming; above 0 streaming is better'),
  lowUsd: number('USD/month', 'least difference within the uncertainty of the inputs'),
  highUsd: number('USD/month', 'greatest difference'),
});
export type JudgedWindow = Infer<typeof JUDGED_WINDOW>;
