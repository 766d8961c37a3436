import { REGIMES } from '#model/deployment.ts';
import { LIMIT } from '#model/limits/limit.ts';
import { JUDGED_WINDOW } from '#model/verdict/choice.ts';
import { READERS } from '#model/verdict/scenario.ts';
import { THRESHOLD_BAND } from '#model/verdict/summary.ts';
import { extend, type Infer, listOf, number, oneOf, text } from '#text/schema.ts';

/** The answer for one reader and one regime of the database, without its windows. */
export const REGIME_VERDICT = extend(
  THRESHOLD_BAND,
  {
    regime: oneOf(REGIMES, 'regime of the database'),
    reader: oneOf(READERS, 'who reads'),
    sentence: text('the answer in words'),
  },
  'regime verdict',
);
export type RegimeVerdict = Infer<typeof REGIME_VERDICT>;

/** A judged window with its reason in words. */
export const WINDOW_REPORT = extend(JUDGED_WINDOW, { reason: text('why, in words') }, 'judged window');
export type WindowReport = Infer<typeof WINDOW_REPORT>;

/** The verdict with its words. */
export const VERDICT = extend(
  REGIME_VERDICT,
  {
    freshnessUsd: number('USD/month', 'value of a minute less of mean delay'),
    windows: listOf(WINDOW_REPORT, 'one per window of the scenario'),
    besideEachOther: listOf(
      LIMIT,
      'limits that bind where both paths run on one stream, at the largest of the windows',
    ),
    warnings: listOf(text(), 'what to know before the verdict is used'),
  },
  'verdict',
);
export type VerdictReport = Infer<typeof VERDICT>;
