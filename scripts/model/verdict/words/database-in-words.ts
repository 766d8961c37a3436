import type { Deployment, Regime } from '#model/deployment.ts';
import { formatSpan } from '#text/format-span.ts';

/** Whose database it is, in words: where it is one of several, as a name by itself, and in a sentence. */
export const REGIMES_IN_WORDS: Readonly<
  Record<Regime, { readonly ofSeveral: string; readonly byItself: string; readonly inSentence: string }>
> = {
  'auto-pause': {
    ofSeveral: 'its own, may pause',
    byItself: 'database of its own that may pause',
    inSentence: 'a database of its own that may pause',
  },
  'always-on': {
    ofSeveral: 'its own, always on',
    byItself: 'database of its own, always on',
    inSentence: 'a database of its own that is always on',
  },
  shared: {
    ofSeveral: 'shared with others',
    byItself: 'database shared with others',
    inSentence: 'a database shared with others',
  },
};

/** Which database a deployment has; only one of its own has a size that is known, and only one that may pause does. */
export function sayDatabase({ regime, acuAwake, autoPauseSeconds, readHoursPerDay }: Deployment): string {
  if (regime === 'shared') return REGIMES_IN_WORDS.shared.inSentence;
  const pause = `, pausing after ${formatSpan(autoPauseSeconds)}, read ${write(readHoursPerDay)} h a day`;
  return `a database of ${write(acuAwake)} ACU while awake${regime === 'auto-pause' ? pause : ', always on'}`;
}

function write(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}
