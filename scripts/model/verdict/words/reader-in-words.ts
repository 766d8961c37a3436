import type { Reader } from '../scenario.ts';

/** Who reads, in words: what is read where it is one of several, and in a sentence after `readers of`. */
export const READERS_IN_WORDS: Readonly<Record<Reader, { readonly ofSeveral: string; readonly inSentence: string }>> = {
  partial: { ofSeveral: 'counts as they grow', inSentence: 'counts as they grow' },
  final: { ofSeveral: 'final windows only', inSentence: 'final windows' },
};
