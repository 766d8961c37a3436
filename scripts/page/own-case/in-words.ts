import type { Regime } from '../../model/deployment.ts';
import type { Reader } from '../../verdict/scenario.ts';

export const READERS_IN_WORDS: Readonly<Record<Reader, string>> = {
  partial: 'counts as they grow',
  final: 'final windows only',
};

export const REGIMES_IN_WORDS: Readonly<Record<Regime, string>> = {
  'auto-pause': 'its own, may pause',
  'always-on': 'its own, always on',
  shared: 'shared with others',
};
