import type { Named } from './compare-reports.ts';
import type { Judged } from './limits.ts';

/** Raised when a field changes its meaning or is removed; docs/compare.md describes every field. */
export const COMPARISON_SCHEMA_VERSION = 1;

/** Renders every comparison for programs, with unrounded figures. */
export function renderJson(judged: readonly Judged[]): string {
  return JSON.stringify(
    { schemaVersion: COMPARISON_SCHEMA_VERSION, comparisons: judged.map(describeComparison) },
    null,
    2,
  );
}

function describeComparison(judged: Judged): object {
  const { base, other, isSame, exactness, differences, compared, notCompared, limits } = judged;
  return {
    base: { ...describe(base), ...exactness.base },
    other: { ...describe(other), ...exactness.other },
    same: isSame,
    differences: differences.map(({ what, base: before, other: after }) => ({ what, base: before, other: after })),
    metrics: compared,
    notCompared: notCompared.map(({ id, reason }) => ({ id, reason })),
    limits: limits.map(
      ({ limit, compared: { id, base: before, other: after, difference, noise }, crossedBeyond, outcome }) => ({
        limit: limit.text,
        metric: id,
        base: before,
        other: after,
        difference,
        noise,
        crossedBeyond,
        outcome,
      }),
    ),
  };
}

function describe({ file, report: { run, tidemarkVersion, digest } }: Named): object {
  return { file, run: run.id, startedAt: run.startedAt, tidemarkVersion, digest };
}
