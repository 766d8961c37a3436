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
    reader: oneOf(READERS, 'reader of the counts'),
    sentence: text('the verdict in words'),
  },
  'regime verdict',
);
export type RegimeVerdict = Infer<typeof REGIME_VERDICT>;

/** A judged window with its reason in words. */
export const WINDOW_REPORT = extend(
  JUDGED_WINDOW,
  { reason: text('reason for the decision, in words') },
  'judged window',
);
export type WindowReport = Infer<typeof WINDOW_REPORT>;

/** The verdict with its words. */
export const VERDICT = extend(
  REGIME_VERDICT,
  {
    freshnessUsd: number('USD/month', 'value of one minute less of mean delay'),
    windows: listOf(WINDOW_REPORT, 'judgement of each window of the scenario'),
    besideEachOther: listOf(LIMIT, 'limits that bind if both paths run on one stream, at the largest window'),
    warnings: listOf(text(), 'warnings about the verdict'),
  },
  'verdict',
);
export type VerdictReport = Infer<typeof VERDICT>;
