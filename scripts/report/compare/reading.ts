/** What a report says of a metric. */
export type Reading = {
  /** The mean of the repeats, or what the one run had. */
  readonly value: number;
  /** One value, above 0, for each live run where there are two at least; none otherwise. */
  readonly repeats: readonly number[];
  /** The same metric in each slice of the run that is shown in full; null where nothing arrived. */
  readonly slices: readonly (number | null)[];
};

/** Why a report says nothing of it, after the report's name: `has no drain of 5m`. */
export type Missing = { readonly missing: string };

export function isMissing(read: Reading | Missing): read is Missing {
  return 'missing' in read;
}

/** A figure that was taken once. */
export function once(value: number): Reading {
  return { value, repeats: [], slices: [] };
}
