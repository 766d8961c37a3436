import type { Deployment, Regime } from '#model/deployment.ts';
import type { Reader } from '#model/verdict/scenario.ts';
import { formatSpan } from '#text/format-span.ts';

/** Words for a value: as one of several choices, and after a preposition in a sentence. */
type Words = { readonly ofSeveral: string; readonly inSentence: string };

export const REGIMES_IN_WORDS: Readonly<Record<Regime, Words>> = {
  'auto-pause': { ofSeveral: 'dedicated, may pause', inSentence: 'a dedicated database that may pause' },
  'always-on': { ofSeveral: 'dedicated, always on', inSentence: 'a dedicated database that is always on' },
  shared: { ofSeveral: 'shared with others', inSentence: 'a database shared with others' },
};

/** Words for each reader of the counts. */
export const READERS_IN_WORDS: Readonly<Record<Reader, Words>> = {
  partial: { ofSeveral: 'counts as they grow', inSentence: 'counts as they grow' },
  final: { ofSeveral: 'final windows only', inSentence: 'final windows' },
};

/** The counts that a reader waits for. */
export const SHOWN: Readonly<Record<Reader, string>> = { partial: 'counts', final: 'final windows' };

/** Describes the database of a deployment. The size of a shared database is not known, so none is given. */
export function sayDatabase({ regime, acuAwake, autoPauseSeconds, readHoursPerDay }: Deployment): string {
  if (regime === 'shared') return REGIMES_IN_WORDS.shared.inSentence;
  const pause = `, pausing after ${formatSpan(autoPauseSeconds)}, read ${write(readHoursPerDay)} h a day`;
  return `a dedicated database of ${write(acuAwake)} ACU while awake${regime === 'auto-pause' ? pause : ', always on'}`;
}

function write(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}
