import { BOTH_PATHS, PATHS } from '#functions/contract.ts';
import type { FitError } from '#model/fit/fit-error.ts';
import { formatPercent } from '#text/format-percent.ts';
import { formatSmallUsd } from '#text/format-usd.ts';
import type { Report } from '../definition/report.ts';

/** How far the model's CPU is off, where it can be known; what to mind; and what the run would cost. */
export function renderModel({ model, warnings, verdict, runCost, target }: Report): string {
  const errors = BOTH_PATHS.flatMap((path) => [
    ...errorLine(`${PATHS[path].name} invocations that it was not fitted to`, model.fits[path].cpu?.heldOut ?? null),
    ...errorLine(
      `${PATHS[path].name} invocations in the live run's second half, both paths side by side`,
      model.live[path],
    ),
    ...errorLine(`${PATHS[path].name} invocations in the whole live run, cold starts included`, model.liveWhole[path]),
  ]);
  const wouldCost = target.name === 'aws' ? 'This run costs' : 'On AWS this run would cost';
  return [
    ...(errors.length === 0 ? [] : ["The model's CPU is off by (median, 95th percentile, all together)", ...errors]),
    ...[...warnings, ...verdict.warnings].map((warning) => `Warning: ${warning}`),
    `${wouldCost} about ${formatSmallUsd(runCost.totalUsd)} USD, ${formatSmallUsd(runCost.mostUsd)} at most (modelled).`,
  ].join('\n');
}

function errorLine(what: string, error: FitError | null): string[] {
  if (error === null) return [];
  const { median, p95, total, count } = error;
  const of = count.toLocaleString('en-US');
  return [`  ${formatPercent(median)}, ${formatPercent(p95)}, ${formatPercent(total)} of ${of} ${what}`];
}
