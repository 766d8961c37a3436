import type { Option } from 'commander';

/** Options that --help shows together, in this order. */
export type OptionGroup = {
  readonly title: string;
  readonly options: readonly Option[];
};
