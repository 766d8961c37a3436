/** What stands below the tables, line by line; docs/compare.md says more. */
export const HOW_TO_READ = [
  'difference: other - base. noise: how far chance may take it; beyond it a metric is better or worse, or changed where neither',
  'direction is. Of a hundred comparisons of runs of the same, one has such an outcome',
  'noise from repeats: by the scatter of the live runs (--repeat). slices: by ten parts of one run, and what moves whole runs on',
  'shared machines. assumed: by the latter alone. band: the threshold lies in the band of the other verdict, or has changed',
  'cost and threshold are modelled, the rest is measured. Lower is better for all but catch-up and threshold',
] as const;
